package vended.api.vend;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent.ProxyRequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent.RequestIdentity;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import vended.allowlist.Client;
import vended.allowlist.ClientRole;
import vended.allowlist.Grant;
import vended.allowlist.InMemoryAllowList;
import vended.api.LoggingContext;
import vended.audit.AuditRecord;
import vended.audit.AuditRecord.Kind;
import vended.audit.InMemoryAuditLog;
import vended.audit.Outcome;
import vended.audit.Reason;
import vended.audit.VendId;
import vended.audit.VendRecord;
import vended.identity.AssumableRoles;
import vended.identity.CallerArn;
import vended.identity.RoleArn;
import vended.probe.ProbeRole;
import vended.sts.RoleAssumer;
import vended.vending.ListRoles;
import vended.vending.VendCredentials;

/** What the table of hostile inputs can't bring about: faults of the program, odd events. */
public class VendHandlerTest {
  private static final RoleArn ROLE = new RoleArn("arn:aws:iam::444455556666:role/vended/deploy");
  private static final CallerArn CALLER = new CallerArn("arn:aws:iam::111122223333:role/Deployer");
  private static final Pattern VEND_ID = Pattern.compile("\"vendId\":\"[0-9A-Z]{26}\"");
  private static final String SECRET = "wJalrXUtnFEMIEXAMPLEKEY";

  private final StringBuilder log = new StringBuilder();
  private final InMemoryAuditLog audit = new InMemoryAuditLog();

  private APIGatewayProxyResponseEvent handle(
      APIGatewayProxyRequestEvent event, InMemoryAllowList allowList, RoleAssumer assumer) {
    Grant grant =
        new Grant(CALLER, ROLE, null, 3600, null, List.of(), Map.of(), null, null, false, null, 1);
    allowList.with(grant);
    Clock clock = Clock.systemUTC();
    VendCredentials vend = new VendCredentials(allowList, audit, assumer, clock);
    var ids = VendId.source(clock, new java.security.SecureRandom());
    ProbeRole probe =
        new ProbeRole(
            allowList,
            audit,
            assumer,
            AssumableRoles.ALL,
            duration -> {},
            clock,
            new java.security.SecureRandom());
    return new VendHandler(vend, new ListRoles(allowList, clock), probe, ids)
        .handleRequest(event, new LoggingContext(log));
  }

  private static InMemoryAllowList client() {
    return new InMemoryAllowList()
        .with(
            new Client(
                "444455556666",
                "Example Client",
                "0123456789abcdef0123456789abcdef",
                false,
                false,
                Map.of(ROLE, ClientRole.verified(Instant.EPOCH, "a probe", true, true)),
                1));
  }

  private static APIGatewayProxyRequestEvent event(@Nullable RequestIdentity identity) {
    return new APIGatewayProxyRequestEvent()
        .withHttpMethod("POST")
        .withResource("/credentials")
        .withBody("{\"roleArn\":\"%s\"}".formatted(ROLE))
        .withRequestContext(new ProxyRequestContext().withStage("v1").withIdentity(identity));
  }

  private static RequestIdentity deployer() {
    return new RequestIdentity()
        .withAccountId("111122223333")
        .withUserArn("arn:aws:sts::111122223333:assumed-role/Deployer/b1")
        .withCaller("AROAEXAMPLEDEPLOYER1:b1");
  }

  private static RoleAssumer never() {
    return call -> {
      throw new AssertionError("STS was called");
    };
  }

  @Test
  public void aTestOfApiGateway_whichNobodySigned_isRefusedAndRecorded() {
    for (String path : List.of("/credentials", "/probes")) {
      APIGatewayProxyRequestEvent event = event(deployer()).withResource(path);
      event.getRequestContext().setStage("test-invoke-stage");

      APIGatewayProxyResponseEvent answer = handle(event, client(), never());

      assertThat(answer.getStatusCode()).isEqualTo(403);
    }
    assertThat(audit.records())
        .hasSize(2)
        .allSatisfy(record -> assertThat(record.toString()).contains("IDENTITY_WRONG_STAGE"));
  }

  @Test
  public void aFaultOfTheProgramTellsNobodyItsMessage_andLeavesTheIntent() {
    RoleAssumer faulty =
        call -> {
          throw new IllegalStateException(SECRET, new RuntimeException(SECRET));
        };

    APIGatewayProxyResponseEvent answer = handle(event(deployer()), client(), faulty);

    assertThat(answer.getStatusCode()).isEqualTo(500);
    assertThat(answer.getBody()).contains("\"code\":\"internal\"").doesNotContain(SECRET);
    assertThat(log.toString())
        .contains("java.lang.IllegalStateException", "\n  at ")
        .doesNotContain(SECRET);
    assertThat(audit.records()).extracting(AuditRecord::kind).containsExactly(Kind.INTENT);
  }

  @Test
  public void anEventWithoutIdentityIsRefused() {
    assertThat(handle(event(null), client(), never()).getStatusCode()).isEqualTo(403);
    assertThat(handle(event(null).withRequestContext(null), client(), never()).getStatusCode())
        .isEqualTo(403);
  }

  @Test
  public void aCognitoIdentityIsRefused() {
    RequestIdentity identity = deployer().withCognitoIdentityId("eu-west-1:1");

    assertThat(handle(event(identity), client(), never()).getStatusCode()).isEqualTo(403);
  }

  @Test
  public void anotherRouteOrMethodIsNotFound() {
    assertThat(handle(event(deployer()).withHttpMethod("GET"), client(), never()).getStatusCode())
        .isEqualTo(404);
    assertThat(handle(event(deployer()).withResource("/"), client(), never()).getStatusCode())
        .isEqualTo(404);
  }

  @Test
  public void aBase64BodyIsReadAsItsBytes_andOtherBytesAreRefused() {
    APIGatewayProxyRequestEvent event = event(deployer()).withIsBase64Encoded(true);

    assertThat(handle(event.withBody("/w=="), client(), never()).getStatusCode()).isEqualTo(400);
    assertThat(handle(event.withBody("not base64"), client(), never()).getStatusCode())
        .isEqualTo(400);
    // {"x":1}
    assertThat(handle(event.withBody("eyJ4IjoxfQ=="), client(), never()).getBody())
        .contains("/roleArn", "/x");
  }

  @Test
  public void eachRefusalIsTheSameAnswer_butForItsId() {
    InMemoryAllowList stranger = new InMemoryAllowList();
    InMemoryAllowList corrupt =
        new InMemoryAllowList().withCorruptClient(ROLE.account(), "client row: name is missing");
    List<String> answers =
        List.of(
            body(handle(event(deployer()), stranger, never())),
            body(handle(event(deployer()), corrupt, never())),
            body(handle(event(deployer().withCaller("AROAEXAMPLE:b2")), client(), never())),
            body(handle(event(null), client(), never())));
    assertThat(answers).allMatch(answers.getFirst()::equals);
    assertThat(audit.records()).hasSize(answers.size());
  }

  private static String body(APIGatewayProxyResponseEvent answer) {
    return answer.getStatusCode() + VEND_ID.matcher(answer.getBody()).replaceAll("");
  }

  @Test
  public void aCorruptRowRefuses() {
    assertThat(
            handle(
                    event(deployer()),
                    new InMemoryAllowList()
                        .withCorruptClient(ROLE.account(), "client row: name is missing"),
                    never())
                .getStatusCode())
        .isEqualTo(403);
    VendRecord stored = (VendRecord) audit.records().getFirst();
    assertThat(stored.result())
        .isEqualTo(new VendRecord.Result(Outcome.DENIED, Reason.CORRUPT_CLIENT, null, null));
  }
}
