package vended.api.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent.ProxyRequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent.RequestIdentity;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import vended.Wiring;
import vended.api.LoggingContext;

/** What can't be brought about through the HTTP front: odd events, and the log. */
class AuditHandlerTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "ALLOW_LIST_TABLE", "allow-list",
          "STACK_NAME", "vended",
          "AUDIT_TABLE", "audit",
          "VENDOR_ROLE_ARN", "arn:aws:iam::111122223333:role/vended-vendor",
          "AWS_REGION", "eu-west-1",
          "AWS_ACCESS_KEY_ID", "AKIAEXAMPLE",
          "AWS_SECRET_ACCESS_KEY", "secret-of-the-function",
          // Nothing listens there.
          "AWS_ENDPOINT_URL_DYNAMODB", "http://127.0.0.1:1");

  private final StringBuilder log = new StringBuilder();

  private APIGatewayProxyResponseEvent handle(
      String resource, String body, @Nullable RequestIdentity identity) {
    return handle(resource, body, identity, "v1");
  }

  private APIGatewayProxyResponseEvent handle(
      String resource, String body, @Nullable RequestIdentity identity, String stage) {
    APIGatewayProxyRequestEvent event =
        new APIGatewayProxyRequestEvent()
            .withHttpMethod("POST")
            .withResource(resource)
            .withBody(body)
            .withRequestContext(
                new ProxyRequestContext()
                    .withStage(stage)
                    .withIdentity(identity)
                    .withExtendedRequestId("ext="));
    return new AuditHandler(new Wiring(ENVIRONMENT, Clock.systemUTC()))
        .handleRequest(event, new LoggingContext(log));
  }

  private static RequestIdentity auditor() {
    return new RequestIdentity()
        .withAccountId("111122223333")
        .withUserArn("arn:aws:sts::111122223333:assumed-role/Auditor/eve")
        .withCaller("AROAEXAMPLEAUDITOR01:eve")
        .withSourceIp("192.0.2.7");
  }

  @Test
  void whoCannotBeToldIsRefused_AndStandsInTheLog() {
    RequestIdentity root =
        new RequestIdentity()
            .withAccountId("111122223333")
            .withUserArn("arn:aws:iam::111122223333:root")
            .withCaller("111122223333");
    for (RequestIdentity identity : new RequestIdentity[] {null, root}) {
      log.setLength(0);
      APIGatewayProxyResponseEvent answer = handle("/audit/query", "{}", identity);

      assertThat(answer.getStatusCode()).isEqualTo(403);
      assertThat(log).contains("\"audit\":\"refused\"", "\"reason\":\"identity_");
    }
    assertThat(log).contains("arn:aws:iam::111122223333:root");
  }

  @Test
  void aTestOfApiGateway_whichNobodySigned_isRefusedAndLogged() {
    APIGatewayProxyResponseEvent answer =
        handle("/audit/query", "{}", auditor(), "test-invoke-stage");

    assertThat(answer.getStatusCode()).isEqualTo(403);
    assertThat(log).contains("\"reason\":\"identity_wrong_stage\"");
  }

  @Test
  void whoAsksWhatStandsInTheLog_AlsoIfTheAuditCannotBeRead() {
    String body = "{\"caller\":\"arn:aws:iam::111122223333:user/a\\\"b/c\",\"outcome\":\"denied\"}";

    APIGatewayProxyResponseEvent answer = handle("/audit/query", body, auditor());

    assertThat(answer.getStatusCode()).isEqualTo(503);
    assertThat(answer.getHeaders()).containsEntry("Retry-After", "2");
    assertThat(log)
        .contains(
            "\"audit\":\"asked\"",
            "\"route\":\"POST /audit/query\"",
            "\"caller\":\"arn:aws:iam::111122223333:role/Auditor\"",
            "\"callerSession\":\"eve\"",
            "\"sourceIp\":\"192.0.2.7\"",
            "\"apiRequestId\":\"ext=\"",
            "denied")
        .doesNotContain("secret-of-the-function");
  }

  @Test
  void aRouteThatIsNotThereIsNotFound() {
    assertThat(handle("/audit/other", "{}", auditor()).getStatusCode()).isEqualTo(404);
  }
}
