package vended.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vended.iam.Policy;
import vended.template.Route;
import vended.template.Template;

/** The template's own API, with handlers of the test. */
class GatewayTest {
  private static final String REGION = "eu-west-1";
  private static final Clock CLOCK = Clock.systemUTC();
  private static final Principal PIPELINE =
      Principal.user("arn:aws:iam::111122223333:user/pipelines/demo", "AIDAPIPELINE");
  private static final Principal SESSION =
      Principal.session("arn:aws:iam::111122223333:role/ci/Deployer", "AROADEPLOYER", "build-42");
  private static final Principal STRANGER =
      Principal.user("arn:aws:iam::999900001111:user/stranger", "AIDASTRANGER");

  private static final Template template = Template.read(Path.of("template.yaml"), Map.of());
  private final Keys keys = new Keys();
  private final Attachments attachments = new Attachments();
  private final AtomicReference<APIGatewayProxyRequestEvent> seen = new AtomicReference<>();
  private volatile RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent>
      handler = (event, context) -> answer(200, "{}");
  private final Gateway gateway;

  GatewayTest() throws Exception {
    Map<String, RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent>>
        handlers = new LinkedHashMap<>();
    for (Route route : template.routes()) {
      handlers.put(
          route.handler().replaceFirst("::.*", ""),
          (event, context) -> {
            seen.set(event);
            return handler.handleRequest(event, context);
          });
    }
    var policy = List.of(Policy.identity(template.managedPolicy("CallerPolicy")));
    for (Principal caller : List.of(PIPELINE, SESSION, STRANGER)) {
      attachments.attach(caller.identityArn(), policy);
    }
    gateway =
        new Gateway(
            0,
            new GatewayApi(template, attachments),
            new SigV4("execute-api", REGION, CLOCK, keys),
            CLOCK,
            handlers);
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void aUsersRequest_ReachesTheHandler_WithTheVerifiedIdentity() throws Exception {
    Keys.Key key = keys.issue(PIPELINE);
    HttpResponse<String> response = post(key, "/credentials", "{\"roleArn\":\"x\"}");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("x-amz-apigw-id"))
        .contains(seen.get().getRequestContext().getExtendedRequestId());
    var identity = seen.get().getRequestContext().getIdentity();
    assertThat(identity.getUserArn()).isEqualTo(PIPELINE.arn());
    assertThat(identity.getCaller()).isEqualTo("AIDAPIPELINE");
    assertThat(identity.getUser()).isEqualTo("AIDAPIPELINE");
    assertThat(identity.getAccountId()).isEqualTo("111122223333");
    assertThat(identity.getAccessKey()).isEqualTo(key.id());
    assertThat(identity.getSourceIp()).isEqualTo("127.0.0.1");
    assertThat(identity.getCognitoIdentityId()).isNull();
    assertThat(seen.get().getBody()).isEqualTo("{\"roleArn\":\"x\"}");
    assertThat(seen.get().getIsBase64Encoded()).isFalse();
    assertThat(seen.get().getResource()).isEqualTo("/credentials");
    assertThat(seen.get().getRequestContext().getResourcePath()).isEqualTo("/credentials");
    assertThat(seen.get().getHeaders()).containsEntry("Content-Type", "application/json");
    assertThat(seen.get().getHeaders()).doesNotContainKey("Authorization");
    assertThat(seen.get().getQueryStringParameters()).isNull();
  }

  @Test
  void aSessionsRequest_ReachesTheHandler_AsTheAssumedRole() throws Exception {
    post(keys.issue(SESSION, CLOCK.instant().plusSeconds(60)), "/credentials?a=1&a=2", "{}");

    var identity = seen.get().getRequestContext().getIdentity();
    assertThat(identity.getUserArn())
        .isEqualTo("arn:aws:sts::111122223333:assumed-role/Deployer/build-42");
    assertThat(identity.getCaller()).isEqualTo("AROADEPLOYER:build-42");
    assertThat(seen.get().getQueryStringParameters()).containsExactly(Map.entry("a", "2"));
    assertThat(seen.get().getMultiValueQueryStringParameters().get("a")).containsExactly("1", "2");
  }

  @Test
  void whatACallerSaysOfItself_ChangesNothingButTheRequestId() throws Exception {
    try (SignedClient client = client(keys.issue(PIPELINE))) {
      var headers =
          Map.of(
              "X-Forwarded-For", "203.0.113.9",
              "X-Amzn-RequestId", "chosen",
              "X-Amz-User-Arn", "arn:aws:iam::111122223333:user/other");
      client.send(client.sign("POST", "/credentials", headers, new byte[0]));
    }
    var context = seen.get().getRequestContext();

    assertThat(context.getIdentity().getUserArn()).isEqualTo(PIPELINE.arn());
    assertThat(context.getIdentity().getSourceIp()).isEqualTo("127.0.0.1");
    assertThat(seen.get().getHeaders()).containsEntry("X-Forwarded-For", "203.0.113.9, 127.0.0.1");
    assertThat(context.getRequestId()).isEqualTo("chosen");
    assertThat(context.getExtendedRequestId()).isNotEqualTo("chosen");
    assertThat(seen.get().getBody()).isNull();
  }

  @ParameterizedTest
  @CsvSource({"GET,/credentials", "POST,/", "POST,/credentials/", "POST,/nothing"})
  void anUnknownRoute_IsForbidden_NotMissing(String method, String path) throws Exception {
    try (SignedClient client = client(keys.issue(PIPELINE))) {
      assertRefused(client.send(client.sign(method, path, Map.of(), new byte[0])), 403);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "unsigned",
        "unknown key",
        "wrong secret",
        "no policy",
        "other account",
        "ended session"
      })
  void aCallerThatMayNot_IsRefused_InTheTemplatesWords(String who) throws Exception {
    Principal nobody = Principal.user("arn:aws:iam::111122223333:user/nobody", "AIDANOBODY");
    Keys.Key known = keys.issue(PIPELINE);
    Keys.Key key =
        switch (who) {
          case "unknown key" -> new Keys().issue(PIPELINE);
          case "wrong secret" ->
              new Keys.Key(known.id(), "x", known.token(), known.expiration(), PIPELINE);
          case "no policy" -> keys.issue(nobody);
          case "other account" -> keys.issue(STRANGER);
          case "ended session" -> keys.issue(SESSION, CLOCK.instant());
          default -> known;
        };
    try (SignedClient client = client(key)) {
      RawRequest signed = client.sign("POST", "/credentials", Map.of(), new byte[0]);
      boolean bare = who.equals("unsigned");
      assertRefused(
          client.send(
              bare ? new RawRequest("POST", "/credentials", List.of(), new byte[0]) : signed),
          403);
    }
  }

  @Test
  void aPayloadOverTenMegabytes_IsRefused() throws Exception {
    assertRefused(post(keys.issue(PIPELINE), "/credentials", "a".repeat((10 << 20) + 1)), 413);
  }

  @Test
  void aHandlerThatThrows_IsABadGateway_AndItsMessageStaysInside() throws Exception {
    handler =
        (event, context) -> {
          throw new IllegalStateException("a secret");
        };
    HttpResponse<String> response = post(keys.issue(PIPELINE), "/credentials", "{}");

    assertRefused(response, 502);
    assertThat(response.body()).doesNotContain("a secret");
  }

  @Test
  void aHandlersAnswer_IsPassedOn() throws Exception {
    handler =
        (event, context) ->
            answer(418, "aGVsbG8=")
                .withIsBase64Encoded(true)
                .withHeaders(Map.of("Cache-Control", "no-store"))
                .withMultiValueHeaders(Map.of("X-Two", List.of("1", "2")));
    HttpResponse<String> response = post(keys.issue(PIPELINE), "/credentials", "{}");

    assertThat(response.statusCode()).isEqualTo(418);
    assertThat(response.body()).isEqualTo("hello");
    assertThat(response.headers().allValues("X-Two")).containsExactly("1", "2");
    assertThat(response.headers().allValues("Cache-Control")).containsExactly("no-store");
  }

  /** "For proxy integrations, API Gateway passes the entire request through to your backend." */
  @Test
  void aBodyOfAnyTypeReachesTheHandler_AsInAProxyIntegration() throws Exception {
    try (SignedClient client = client(keys.issue(PIPELINE))) {
      for (String type : List.of("text/plain", "application/x-www-form-urlencoded", "nonsense")) {
        var headers = Map.of("Content-Type", type);
        byte[] body = "{}".getBytes(StandardCharsets.UTF_8);

        assertThat(client.send(client.sign("POST", "/credentials", headers, body)).statusCode())
            .isEqualTo(200);
        assertThat(seen.get().getHeaders()).containsEntry("Content-Type", type);
        assertThat(seen.get().getBody()).isEqualTo("{}");
      }
    }
  }

  private HttpResponse<String> post(Keys.Key key, String path, String body) throws Exception {
    try (SignedClient client = client(key)) {
      return client.post(path, body);
    }
  }

  private SignedClient client(Keys.Key key) {
    return new SignedClient(gateway.url(), "execute-api", REGION, key, CLOCK);
  }

  private void assertRefused(HttpResponse<String> response, int status) {
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().allValues("Content-Type"))
        .containsExactly("application/problem+json");
    assertThat(response.headers().allValues("Cache-Control")).containsExactly("no-store");
    assertThat(response.headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
    assertThat(response.body())
        .startsWith("{")
        .contains("\"code\":", "\"requestId\":")
        .doesNotContain("$context");
  }

  private static APIGatewayProxyResponseEvent answer(int status, String body) {
    return new APIGatewayProxyResponseEvent().withStatusCode(status).withBody(body);
  }
}
