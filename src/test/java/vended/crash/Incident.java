package vended.crash;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import vended.Wiring;
import vended.api.SampleContext;
import vended.api.schedule.ReprobeHandler;
import vended.json.JsonObject;
import vended.local.AllowListRows;
import vended.local.LocalStack;
import vended.local.TestStack;
import vended.probe.Pause;

/**
 * An event of a function, which is killed while it works on it.
 *
 * @param handler as the template names it
 * @param arrange prepares the rows, and answers the event
 */
record Incident(String name, String handler, Arrange arrange) {
  /** What must be there before, and the event. */
  interface Arrange {
    String event(LocalStack stack) throws Exception;
  }

  static final Incident VEND =
      new Incident(
          "vend", handler("vend.VendHandler"), stack -> event("/credentials", role(stack)));

  /** One or more for each function. */
  static List<Incident> all() {
    return Stream.concat(ofFunctions().stream(), Rotating.all().stream()).toList();
  }

  private static List<Incident> ofFunctions() {
    return List.of(
        VEND,
        new Incident("probe", handler("vend.VendHandler"), stack -> event("/probes", role(stack))),
        new Incident(
            "put a grant",
            handler("admin.AdminHandler"),
            stack -> event("/grants/put", newGrant(stack))),
        new Incident(
            "suspend",
            handler("admin.AdminHandler"),
            stack ->
                event("/clients/suspend", "{\"account\":\"444455556666\",\"suspended\":true}")),
        new Incident(
            "query the audit",
            handler("audit.AuditHandler"),
            stack -> event("/audit/query", "{\"account\":\"444455556666\"}")),
        ofClient("suspend oneself", "/mine/suspend", "{\"suspended\":true}"),
        ofClient("see one's records", "/mine/audit", "{}"),
        ofClient("see one's grants", "/mine/grants", "{}"),
        new Incident("probe again", handler("schedule.ReprobeHandler"), Incident::role),
        new Incident(
            "settle",
            handler("schedule.SettleHandler"),
            stack -> "{\"probeId\":\"%s\"}".formatted(probeOfOpenRole(stack))),
        new Incident("watch", handler("schedule.WatchHandler"), stack -> "{}"));
  }

  private static Incident ofClient(String name, String route, String body) {
    return new Incident(
        name,
        handler("mine.MineHandler"),
        stack -> event(route, body).replace("111122223333", "444455556666"));
  }

  static String handler(String name) {
    return "vended.api." + name + "::handleRequest";
  }

  private static String newGrant(LocalStack stack) {
    return "{\"caller\":\"arn:aws:iam::111122223333:user/builder\",\"roleArn\":\"%s\",\"unpinned\":true}"
        .formatted(stack.demonstration().roleArn());
  }

  private static String role(LocalStack stack) {
    return "{\"roleArn\":\"%s\"}".formatted(stack.demonstration().roleArn());
  }

  /** An event of API Gateway for another route; who sends it is the same. */
  static String event(String route, String body) throws IOException {
    String granted = Files.readString(Path.of("events/granted.json"));
    int start = granted.indexOf("\"body\": ") + "\"body\": ".length();
    String rest = granted.substring(granted.indexOf(",\n  \"isBase64Encoded\""));
    String escaped = body.replace("\\", "\\\\").replace("\"", "\\\"");
    return granted.substring(0, start).replace("/credentials", route) + '"' + escaped + '"' + rest;
  }

  /** Puts a grant for whoever sends the events. */
  static void grant(LocalStack stack) {
    var grant =
        AllowListRows.grant(
            "arn:aws:iam::111122223333:role/Deployer",
            "AROAEXAMPLEDEPLOYER1",
            stack.demonstration().roleArn(),
            Instant.now());
    stack.tables().put(stack.allowListTable(), List.of(grant));
  }

  private static String probeOfOpenRole(LocalStack stack) throws IOException {
    String vendor = stack.people().vendor().principal().identityArn();
    stack
        .sts()
        .addRole(
            stack.demonstration().roleArn(),
            """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": "%s"},
              "Action": ["sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession"]}]}\
            """
                .formatted(vendor),
            Duration.ofHours(1));
    return probe(stack);
  }

  /** Probes the demonstration's role, and answers the probe's ID. */
  static String probe(LocalStack stack) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    new ReprobeHandler(
            new Wiring(stack.environment(), Clock.systemUTC(), Pause.sleeping(), TestStack.PATIENT))
        .handleRequest(
            new ByteArrayInputStream(role(stack).getBytes(UTF_8)), out, new SampleContext());
    return String.valueOf(
        ((JsonObject.Read) JsonObject.read(out.toString(UTF_8))).object().members().get("probeId"));
  }

  @Override
  public String toString() {
    return name;
  }
}
