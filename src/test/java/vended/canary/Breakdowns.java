package vended.canary;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import vended.local.Demonstration;
import vended.local.FaultyProxy;
import vended.local.FaultyProxy.Answer;
import vended.local.FaultyProxy.Fault;
import vended.local.Issued;
import vended.local.Keys;

/** What DynamoDB, STS and the way to them can answer, with secrets in it wherever possible. */
final class Breakdowns {
  private final Plot plot;
  private final Routes routes;
  private final String quoted;

  private interface Ask {
    HttpResponse<String> ask() throws IOException, InterruptedException;
  }

  private record Case(FaultyProxy proxy, String operation, Ask ask) {}

  Breakdowns(Plot plot, Routes routes) {
    this.plot = plot;
    this.routes = routes;
    Keys.Key vendor = plot.stack.people().vendor();
    this.quoted =
        "%s %s %s"
            .formatted(
                vendor.secret(),
                vendor.token().orElseThrow(),
                plot.stack.demonstration().externalId());
  }

  /** Each fault at each operation. */
  void breakAll() throws IOException, InterruptedException {
    for (Case next : cases()) {
      for (Fault fault : faults(next.operation().equals("AssumeRole"))) {
        next.proxy().fault(next.operation(), "", fault);
        next.ask().ask();
        if (next.proxy().count(next.operation()) == 0) {
          throw new AssertionError("nothing called " + next.operation());
        }
        next.proxy().reset();
        if (Plot.FULL && next.operation().equals("TransactWriteItems")) {
          undo();
        }
      }
    }
    for (UnaryOperator<Issued> change : changes()) {
      plot.stack.sts().changeNext(change);
      routes.vend();
    }
  }

  private List<Case> cases() {
    List<Case> cases = new ArrayList<>(writes());
    cases.addAll(reads());
    if (Plot.FULL) {
      cases.addAll(ofClients());
    }
    return cases;
  }

  private List<Case> ofClients() {
    FaultyProxy tables = plot.stack.tablesProxy();
    return List.of(
        new Case(tables, "TransactWriteItems", () -> rotate("start")),
        new Case(tables, "TransactWriteItems", () -> mine("suspend", Map.of("suspended", true))),
        new Case(tables, "GetItem", () -> rotate("switch")),
        new Case(tables, "Query", () -> mine("audit", Map.of())),
        new Case(tables, "BatchGetItem", () -> mine("grants", Map.of())));
  }

  private List<Case> writes() {
    FaultyProxy tables = plot.stack.tablesProxy();
    FaultyProxy sts = plot.stack.stsProxy();
    Keys.Key administrator = plot.stack.people().administrator();
    String role = plot.stack.demonstration().roleArn();
    Map<String, String> grant =
        Map.of(
            "caller",
            "arn:aws:iam::111122223333:role/Builder",
            "roleArn",
            role,
            "callerId",
            "AROAEXAMPLEBUILDER001");
    Ask probe = () -> plot.ask(administrator, "/probes", Map.of("roleArn", role));
    return List.of(
        new Case(tables, "ExecuteStatement", routes::vend),
        new Case(sts, "AssumeRole", routes::vend),
        new Case(sts, "AssumeRole", probe),
        new Case(tables, "ExecuteTransaction", probe),
        new Case(
            tables, "TransactWriteItems", () -> plot.ask(administrator, "/grants/put", grant)));
  }

  private List<Case> reads() {
    FaultyProxy tables = plot.stack.tablesProxy();
    Keys.Key administrator = plot.stack.people().administrator();
    Keys.Key auditor = plot.stack.people().auditor();
    Map<String, String> hour = Map.of("since", Plot.since());
    Map<String, String> quiet =
        Map.of("since", Instant.now().minus(Duration.ofDays(2)).toString(), "format", "json");
    Map<String, String> probe = Map.of("probeId", "01JZ0000000000000000000000");
    return List.of(
        new Case(tables, "BatchGetItem", routes::vend),
        new Case(tables, "GetItem", () -> plot.ask(administrator, "/clients/activate", probe)),
        new Case(tables, "Query", () -> plot.ask(auditor, "/audit/query", hour)),
        new Case(tables, "Query", () -> plot.ask(auditor, "/roles", Map.of())),
        new Case(tables, "Scan", () -> plot.ask(auditor, "/audit/report", quiet)));
  }

  private HttpResponse<String> rotate(String step) throws IOException, InterruptedException {
    return plot.ask(
        plot.stack.people().administrator(),
        "/clients/rotate",
        Map.of("account", Demonstration.CLIENT_ACCOUNT, "step", step));
  }

  /** What a lost answer may have left. */
  private void undo() throws IOException, InterruptedException {
    mine("suspend", Map.of("suspended", false));
    rotate("cancel");
  }

  private HttpResponse<String> mine(String route, Map<String, ?> body)
      throws IOException, InterruptedException {
    return plot.ask(plot.stack.people().client(), "/mine/" + route, body);
  }

  private List<Fault> faults(boolean sts) {
    String type = sts ? "text/xml" : "application/x-amz-json-1.0";
    String error =
        sts
            ? "<ErrorResponse><Error><Code>AccessDenied</Code><Message>%s</Message></Error></ErrorResponse>"
            : "{\"__type\":\"com.amazonaws.dynamodb.v20120810#ValidationException\",\"message\":\"%s\"}";
    String cut =
        sts
            ? "<AssumeRoleResponse><AssumeRoleResult><Credentials><SecretAccessKey>%s"
            : "{\"Item\":{\"externalId\":{\"S\":\"%s";
    Map<String, String> headers = Map.of("Content-Type", type, "x-amzn-RequestId", "R");
    List<Fault> faults = new ArrayList<>();
    faults.add(new Answer(400, type, error.formatted(quoted)));
    faults.add(new Answer(200, headers, cut.formatted(quoted)));
    faults.add(new FaultyProxy.Close());
    if (Plot.FULL) {
      faults.add(new Answer(500, type, error.formatted(quoted)));
      faults.add(new Answer(200, "text/html", "<html>" + quoted));
      faults.add(new Answer(302, Map.of("Location", "http://127.0.0.1:1/" + quoted), quoted));
      faults.add(new FaultyProxy.LoseAnswer());
      faults.add(new Answer(400, headers, error.replace("ValidationException", quoted)));
    }
    return faults;
  }

  /** Answers of STS that are dropped, though credentials were issued. */
  private static List<UnaryOperator<Issued>> changes() {
    return List.of(
        issued -> issued.withAssumedRoleArn(issued.secretAccessKey()),
        issued -> issued.withAssumedRoleId(issued.sessionToken()),
        issued -> issued.withPackedPolicySize(issued.secretAccessKey()),
        issued -> issued.withExpiration(Instant.EPOCH),
        issued -> issued.withSessionToken(null),
        Issued::withoutKey);
  }
}
