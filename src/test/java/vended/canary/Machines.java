package vended.canary;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import vended.Wiring;
import vended.api.schedule.WatchHandler;
import vended.api.vend.VendHandler;
import vended.json.Json;
import vended.json.JsonObject;
import vended.local.AllowListRows;
import vended.local.FaultyProxy.Answer;
import vended.local.Keys;
import vended.local.LocalContext;
import vended.local.Reprobes;
import vended.local.StateMachine.StateFailed;
import vended.local.TestStack;

/** What nobody calls through the API: the schedule, the timer, and the source of credentials. */
final class Machines {
  private static final String ENDPOINT = "aws.containerCredentialsFullUri";
  private static final String TOKEN = "aws.containerAuthorizationToken";
  static final String HEADER = "the-token-of-the-container's-credentials";
  private static final String GATEWAY_TOKEN = "the-token-in-the-headers-of-the-event";

  private final Plot plot;

  Machines(Plot plot) {
    this.plot = plot;
  }

  /** The schedule finds a sound role, an open one, and an STS that fails with secrets. */
  void probe() {
    var client = plot.stack.demonstration();
    Reprobes schedule = new Reprobes(plot.stack, Clock.systemUTC(), duration -> {});
    String vendor = plot.stack.people().vendor().secret() + client.externalId();
    run(schedule);
    plot.stack
        .stsProxy()
        .fault("AssumeRole", "", new Answer(400, "text/xml", "<Error>" + vendor + "</Error>"));
    run(schedule);
    plot.stack.stsProxy().reset();
    String open =
        """
        {"Version": "2012-10-17", "Statement":
          {"Effect": "Allow", "Principal": {"AWS": "%s"}, "Action": "sts:AssumeRole"}}
        """
            .formatted(plot.stack.people().vendor().principal().identityArn());
    plot.stack.sts().addRole(client.roleArn(), open, client.maxSession());
    run(schedule);
    plot.stack.sts().addRole(client.roleArn(), client.trustPolicy(), client.maxSession());
  }

  private void run(Reprobes schedule) {
    try {
      plot.canaries.search("a run of the schedule", String.valueOf(schedule.run()));
    } catch (StateFailed e) {
      plot.canaries.search("a failed run of the schedule", e.error() + e);
    }
  }

  void watch() throws IOException {
    Wiring wiring = wiring(plot.stack.environment());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new WatchHandler(wiring)
        .handleRequest(new ByteArrayInputStream("{}".getBytes(UTF_8)), out, context());
    plot.canaries.search("the watching function", out.toByteArray());
  }

  /** Vends with the vendor role's credentials from the endpoint that Lambda has with SnapStart. */
  void vendByContainerCredentials() throws IOException {
    Keys.Key vendor = plot.stack.people().vendor();
    Keys.Key issued =
        plot.stack.keys().issue(vendor.principal(), Instant.now().plus(Duration.ofHours(6)));
    plot.plant("the container's credentials", issued);
    plot.canaries.plant("the container's token", HEADER);
    plot.canaries.plant("a token in the event's headers", GATEWAY_TOKEN);
    String good =
        Json.write(
            Map.of(
                "AccessKeyId", issued.id(),
                "SecretAccessKey", issued.secret(),
                "Token", issued.token().orElseThrow(),
                "Expiration", issued.expiration().orElseThrow().toString()));
    AtomicReference<String> answer = new AtomicReference<>(good);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] body = answer.get().getBytes(UTF_8);
          exchange.sendResponseHeaders(answer.get().startsWith("{") ? 200 : 400, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    String url = "http://127.0.0.1:%d/credentials".formatted(server.getAddress().getPort());
    try {
      System.setProperty(ENDPOINT, url);
      System.setProperty(TOKEN, HEADER);
      for (String body : List.of(good, good.substring(0, good.length() - 30), "no: " + good)) {
        answer.set(body);
        vend(url, body.equals(good));
      }
    } finally {
      System.clearProperty(ENDPOINT);
      System.clearProperty(TOKEN);
      server.stop(0);
    }
  }

  private void vend(String url, boolean granted) throws IOException {
    Map<String, String> environment = new HashMap<>(plot.stack.environment());
    environment.keySet().removeIf(name -> name.matches("AWS_(ACCESS|SECRET|SESSION).*"));
    environment.put("AWS_CONTAINER_CREDENTIALS_FULL_URI", url);
    environment.put("AWS_CONTAINER_AUTHORIZATION_TOKEN", HEADER);
    var event =
        LambdaEventSerializers.serializerFor(
                APIGatewayProxyRequestEvent.class, getClass().getClassLoader())
            .fromJson(Files.readString(Path.of("events/granted.json")));
    event.getHeaders().put("X-Amz-Security-Token", GATEWAY_TOKEN);
    event.getMultiValueHeaders().put("X-Amz-Security-Token", List.of(GATEWAY_TOKEN));
    plot.stack
        .tables()
        .put(
            plot.stack.allowListTable(),
            List.of(
                AllowListRows.grant(
                    "arn:aws:iam::111122223333:role/Deployer",
                    "AROAEXAMPLEDEPLOYER1",
                    plot.stack.demonstration().roleArn(),
                    Instant.now())));
    var response = new VendHandler(wiring(environment)).handleRequest(event, context());
    if (granted != (response.getStatusCode() == 200)) {
      throw new AssertionError("answered " + response.getStatusCode());
    }
    String text = response.getHeaders() + response.getBody();
    var members = ((JsonObject.Read) JsonObject.read(response.getBody())).object().members();
    if (granted) {
      plot.canaries.searchBut(
          Plot.CREDENTIALS,
          "the vending function with the container's credentials",
          text,
          String.valueOf(members.get("SecretAccessKey")),
          String.valueOf(members.get("SessionToken")));
    } else {
      plot.canaries.search("the vending function without credentials", text);
    }
  }

  private static Wiring wiring(Map<String, String> environment) {
    return new Wiring(environment, Clock.systemUTC(), duration -> {}, TestStack.PATIENT);
  }

  private static Context context() {
    return new LocalContext(
        "request",
        "arn:aws:lambda:eu-west-1:111122223333:function:vended",
        Clock.systemUTC(),
        Duration.ofSeconds(15));
  }
}
