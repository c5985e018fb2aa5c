package vended.api.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent.ProxyRequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent.RequestIdentity;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vended.Wiring;
import vended.api.LoggingContext;
import vended.local.Items;
import vended.local.Tables;
import vended.template.Route;
import vended.template.Template;

/** Events that API Gateway does not send, and how the audit names their routes. */
class AdminHandlerTest {
  @SuppressWarnings("NullAway.Init")
  private static Template template;

  @SuppressWarnings("NullAway.Init")
  private static Tables tables;

  @SuppressWarnings("NullAway.Init")
  private static AdminHandler handler;

  @BeforeAll
  static void start() throws Exception {
    template = Template.read(Path.of("template.yaml"), Map.of());
    tables = Tables.embedded(0, "eu-west-1", template.tables());
    Map<String, String> environment =
        Map.of(
            "ALLOW_LIST_TABLE", template.table("AllowListTable").name(),
            "STACK_NAME", "vended",
            "AUDIT_TABLE", template.table("AuditTable").name(),
            "VENDOR_ROLE_ARN", "arn:aws:iam::111122223333:role/vended-vendor",
            "AWS_REGION", "eu-west-1",
            "AWS_ACCESS_KEY_ID", "AKIAEXAMPLE",
            "AWS_SECRET_ACCESS_KEY", "secret-of-the-function",
            "AWS_ENDPOINT_URL_DYNAMODB", tables.url().toString());
    handler = new AdminHandler(new Wiring(environment, Clock.systemUTC()));
  }

  @AfterAll
  static void stop() {
    tables.close();
  }

  @BeforeEach
  void empty() {
    tables.empty();
  }

  /** The actions that the audit has of a request without an identity. */
  private static List<String> actions(String method, String resource) {
    tables.empty();
    var event = new APIGatewayProxyRequestEvent().withHttpMethod(method).withResource(resource);
    var answer = handler.handleRequest(event, new LoggingContext(new StringBuilder()));
    assertThat(answer.getStatusCode()).as(resource).isEqualTo(403);
    return tables.rows(template.table("AuditTable").name()).stream()
        .map(row -> Items.text(row, "action"))
        .toList();
  }

  @Test
  void aRefusedIdentityIsRecordedUnderTheNameThatChangesHave() {
    List<String> paths =
        template.api().routes().stream()
            .filter(route -> route.handler().startsWith("vended.api.admin.AdminHandler"))
            .map(Route::path)
            .toList();

    assertThat(paths).contains("/grants/put", "/grants/apply", "/clients/suspend");
    for (String path : paths) {
      assertThat(actions("POST", path)).containsExactly(path.substring(1));
    }
  }

  @Test
  void aTestOfApiGateway_whichNobodySigned_changesNothing() {
    var identity =
        new RequestIdentity()
            .withAccountId("111122223333")
            .withUserArn("arn:aws:iam::111122223333:user/admin")
            .withCaller("AIDAEXAMPLEADMIN00001");
    var event =
        new APIGatewayProxyRequestEvent()
            .withHttpMethod("POST")
            .withResource("/clients/suspend")
            .withBody("{\"all\":true}")
            .withRequestContext(
                new ProxyRequestContext().withStage("test-invoke-stage").withIdentity(identity));

    var answer = handler.handleRequest(event, new LoggingContext(new StringBuilder()));

    assertThat(answer.getStatusCode()).isEqualTo(403);
    assertThat(tables.rows(template.table("AllowListTable").name())).isEmpty();
    assertThat(tables.rows(template.table("AuditTable").name()))
        .singleElement()
        .satisfies(row -> assertThat(Items.text(row, "reason")).isEqualTo("identity_wrong_stage"));
  }

  @Test
  void aRouteThatTheFunctionDoesNotHaveIsUnknown() {
    for (String resource : List.of("", "/", "/{proxy+}", "/grants", "/grants/other", "/a/b/c")) {
      assertThat(actions("POST", resource)).containsExactly("unknown");
    }
    assertThat(actions("GET", "/grants/put")).containsExactly("unknown");
  }
}
