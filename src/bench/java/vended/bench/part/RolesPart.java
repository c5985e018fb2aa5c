package vended.bench.part;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.bench.result.Section;
import vended.local.AllowListRows;
import vended.local.LocalStack;

/** {@code /roles} of a caller with 1,000 grants of 100 clients: one page. */
public final class RolesPart implements Part {
  private static final int GRANTS = 1000;
  private static final int CLIENTS = 100;

  @Override
  public String name() {
    return "roles";
  }

  @Override
  public Section run(Bench bench) throws Exception {
    Section section = OnStack.columns(new Section(name(), "/roles with 1,000 grants"));
    try (LocalStack stack = QuietStack.start();
        OnStack functions =
            new OnStack(
                bench, stack, "vended.api.vend.VendHandler::handleRequest", "vend", "tiered")) {
      stack.tables().put(stack.allowListTable(), rows());
      Bench.say("roles");
      functions.ask(
          section, Files.readString(Path.of("events/roles.json"), UTF_8), subject -> subject);
    }
    Bench.overBaseline(section, "p50", "p50_baseline");
    return section;
  }

  private static List<Map<String, AttributeValue>> rows() {
    Instant at = Instant.parse("2026-01-02T03:04:05Z");
    List<Map<String, AttributeValue>> rows = new ArrayList<>();
    for (int i = 0; i < GRANTS; i++) {
      String account = "5555555555%02d".formatted(i % CLIENTS);
      String role = "arn:aws:iam::%s:role/vended/deploy%d".formatted(account, i / CLIENTS);
      if (i < CLIENTS) {
        rows.add(AllowListRows.client(account, "Client " + i, "external-id-" + account, role, at));
      }
      rows.add(
          AllowListRows.grant(
              "arn:aws:iam::111122223333:role/Deployer", "AROAEXAMPLEDEPLOYER1", role, at));
    }
    return rows;
  }
}
