package vended.canary;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import vended.Trail;
import vended.json.Json;
import vended.local.Keys;
import vended.local.LocalStack;
import vended.local.Principal;
import vended.template.Template;

/** Every route, with requests that succeed, and that fail in each way that a caller can cause. */
final class Routes {
  private static final List<String> BAD_BODIES =
      List.of("{\"roleArn\":\"*\",\"x\":-1}", "[", "", "{}", "{\"roleArn\":{\"a\":[1]},\"x\":1}");

  private final Plot plot;
  private final Keys.Key pipeline;
  private final Keys.Key administrator;
  private final Keys.Key auditor;
  private final String role;

  Routes(Plot plot) {
    this.plot = plot;
    this.pipeline = plot.stack.people().pipeline();
    this.administrator = plot.stack.people().administrator();
    this.auditor = plot.stack.people().auditor();
    this.role = plot.stack.demonstration().roleArn();
  }

  void askAll() throws IOException, InterruptedException {
    askAsCallers();
    askAsAdministrator();
    askAsAuditor();
    new ClientLife(plot).askAll();
    askBadly();
  }

  HttpResponse<String> vend() throws IOException, InterruptedException {
    return plot.ask(pipeline, "/credentials", Map.of("roleArn", role, "context", Map.of("a", "b")));
  }

  private void askAsCallers() throws IOException, InterruptedException {
    vend();
    plot.ask(plot.stack.people().session(), "/credentials", Map.of("roleArn", role));
    plot.ask(pipeline, "/credentials", Map.of("roleArn", role.replace("deploy", "other")));
    plot.ask(pipeline, "/credentials", Map.of("roleArn", role, "durationSeconds", 901));
    plot.ask(
        pipeline,
        "/credentials",
        Map.of("roleArn", "arn:aws:iam::%s:role/vended/deploy".formatted(Plot.CORRUPT)));
    plot.ask(pipeline, "/roles", Map.of());
  }

  private void askAsAdministrator() throws IOException, InterruptedException {
    var client = plot.stack.newClient();
    List<String> roles = List.of(client.roleArn());
    String account = client.account();
    post("/clients/put", Map.of("account", account, "name", "New", "roles", roles));
    post(
        "/clients/put",
        Map.of(
            "account",
            "777788889999",
            "name",
            "Importing",
            "roles",
            List.of(),
            "importExternalId",
            Plot.IMPORTED));
    post("/clients/list", Map.of());
    post("/clients/list", Map.of("format", "table"));
    post("/clients/list", Map.of("account", account));
    post("/clients/list", Map.of("account", account, "format", "table"));
    post("/probes", Map.of("roleArn", client.roleArn()));
    post("/probes", Map.of("roleArn", role, "format", "table"));
    Object probeId = Plot.members(post("/probes", Map.of("roleArn", role))).get("probeId");
    post("/clients/activate", Map.of("probeId", String.valueOf(probeId)));
    String caller = "arn:aws:iam::111122223333:role/Builder";
    Map<String, Object> grant =
        Map.of("caller", caller, "roleArn", role, "callerId", "AROAEXAMPLEBUILDER001");
    post("/grants/put", grant);
    post("/grants/put", grant);
    for (String format : List.of("json", "table", "lines")) {
      post("/grants/list", Map.of("format", format));
    }
    post("/grants/apply", Map.of("lines", List.of(Json.write(grant)), "plan", true));
    post("/grants/apply", Map.of("lines", List.of(Json.write(grant), "{")));
    post("/grants/remove", Map.of("caller", caller, "roleArn", role));
    post("/clients/suspend", Map.of("account", account, "suspended", true));
    post("/clients/suspend", Map.of("all", true, "stopped", true));
    vend();
    post("/clients/suspend", Map.of("all", true, "stopped", false));
    post("/audit/caller", Map.of("caller", pipeline.principal().identityArn()));
    askOfAccess(administrator);
  }

  private HttpResponse<String> post(String path, Map<String, ?> body)
      throws IOException, InterruptedException {
    return plot.ask(administrator, path, body);
  }

  private void askOfAccess(Keys.Key who) throws IOException, InterruptedException {
    for (String format : List.of("json", "jsonl", "csv", "table")) {
      plot.ask(who, "/access/list", Map.of("format", format));
    }
    for (String format : List.of("json", "table")) {
      plot.ask(who, "/access/status", Map.of("format", format));
      plot.ask(
          who,
          "/access/why",
          Map.of("caller", pipeline.principal().identityArn(), "roleArn", role, "format", format));
      Object vendId = Plot.members(vend()).get("VendId");
      plot.ask(who, "/access/why", Map.of("vendId", String.valueOf(vendId), "format", format));
    }
  }

  private void askAsAuditor() throws IOException, InterruptedException {
    Object vendId = Plot.members(vend()).get("VendId");
    for (String format : List.of("json", "jsonl", "csv", "table")) {
      plot.ask(auditor, "/audit/query", Map.of("vendId", String.valueOf(vendId), "format", format));
      plot.ask(
          auditor, "/audit/query", Map.of("kind", "all", "since", Plot.since(), "format", format));
    }
    Map<String, String> period = Map.of("since", Plot.since(), "until", Instant.now().toString());
    for (String format : List.of("html", "json", "csv")) {
      plot.ask(
          auditor,
          "/audit/report",
          Map.of("since", period.get("since"), "until", period.get("until"), "format", format));
    }
    askOfAccess(auditor);
    reconcile();
  }

  /** CloudTrail's events have tokens and ExternalIds, which are nobody's business here. */
  private void reconcile() throws IOException, InterruptedException {
    plot.canaries.plant("a token in CloudTrail", "IQoJb3JpZ2luX2VjEXAMPLETOKEN".repeat(20));
    plot.canaries.plant(Plot.EXTERNAL_ID, Trail.EXTERNAL_ID);
    Instant at = Instant.now().minus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS);
    List<Object> events =
        List.of(
            Trail.issued(at, role, "somebody@01JZ0000000000000000000000", "ASIAEXAMPLEOFNOBODY1"),
            Trail.refused(at, role, "somebody@01JZ0000000000000000000001"),
            Trail.with(Trail.issued(at, role, "x", "ASIAEXAMPLEOFNOBODY2"), "userIdentity", 1));
    String since = at.minusSeconds(60).toString();
    for (List<Object> some : List.of(events, events.subList(0, 2))) {
      plot.ask(
          auditor,
          "/audit/reconcile",
          Map.of("since", since, "until", at.plusSeconds(60).toString(), "events", some));
    }
  }

  /** What is refused, by the function or before it. */
  private void askBadly() throws IOException, InterruptedException {
    Keys keys = plot.stack.keys();
    Keys.Key ended =
        keys.issue(
            Principal.session("arn:aws:iam::111122223333:role/Late", "AROAEXAMPLELATE000001", "s"),
            Instant.EPOCH);
    Keys.Key unknown =
        new Keys.Key(
            "AKIAEXAMPLEUNKNOWN01",
            "an-unknown-key's-secret-which-nobody-knows",
            ended.token(),
            ended.expiration(),
            ended.principal());
    plot.plant("a key that has ended", ended);
    plot.plant("an unknown key", unknown);
    Template template =
        Template.read(Path.of("template.yaml"), Map.of("AWS::Region", LocalStack.REGION));
    for (var route : template.routes()) {
      String path = route.path();
      Keys.Key allowed = allowed(path);
      for (String body : Plot.FULL ? BAD_BODIES : BAD_BODIES.subList(0, 2)) {
        plot.ask(allowed, path, body);
      }
      for (Keys.Key refused : Plot.FULL ? List.of(pipeline, ended, unknown) : List.of(ended)) {
        plot.ask(refused, path, "{\"roleArn\":1}");
      }
    }
    plot.ask(administrator, "/no/such/route", "{}");
  }

  private Keys.Key allowed(String path) {
    return path.equals("/credentials")
        ? pipeline
        : path.startsWith("/audit")
            ? auditor
            : path.startsWith("/mine") ? plot.stack.people().client() : administrator;
  }
}
