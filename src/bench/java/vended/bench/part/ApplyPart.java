package vended.bench.part;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.bench.result.Samples;
import vended.bench.result.Section;
import vended.local.AllowListRows;
import vended.local.LocalStack;

/** {@code vend grant apply} of a file of new grants, and of the same file again. */
public final class ApplyPart implements Part {
  private static final int GRANTS_OF_A_CLIENT = 10;

  @Override
  public String name() {
    return "apply";
  }

  @Override
  public Section run(Bench bench) throws Exception {
    Section section =
        new Section(name(), "vend grant apply")
            .column("of_new", "of new grants", "×", 2)
            .column("grant", "per grant", "ms", 1)
            .plotted("time", "whole process", "s", 1);
    int clients = Math.ceilDiv(bench.grants(), GRANTS_OF_A_CLIENT);
    List<Double> first = new ArrayList<>();
    List<Double> again = new ArrayList<>();

    try (LocalStack stack = QuietStack.start()) {
      Path home = Files.createTempDirectory(bench.setup().folder(), "home");
      stack.tables().put(stack.allowListTable(), clients(clients));
      Path file = Files.write(home.resolve("grants.jsonl"), lines(clients));
      Commands commands = new Commands(stack, home);
      List<String> command =
          List.of(
              Path.of("bin/vend").toAbsolutePath().toString(),
              "grant",
              "apply",
              file.toString(),
              "--yes",
              "--keep-others");
      Bench.say("apply: " + clients * GRANTS_OF_A_CLIENT + " grants");
      first.add(commands.time(stack.people().administrator(), command, "") / 1000);
      again.add(commands.time(stack.people().administrator(), command, "") / 1000);
    }
    int grants = clients * GRANTS_OF_A_CLIENT;
    put(section, grants + " new grants", first, grants);
    put(section, "the same again", again, grants);
    Bench.overSubject(section, "time", "of_new", grants + " new grants");
    return section.note("With the functions and DynamoDB Local in one process.");
  }

  private static void put(Section section, String row, List<Double> seconds, int grants) {
    section
        .put(row, "time", Samples.of(seconds))
        .put(
            row,
            "grant",
            Samples.of(seconds.stream().map(second -> second * 1000 / grants).toList()));
  }

  private static String account(int client) {
    return "6%011d".formatted(client);
  }

  private static String role(int client) {
    return "arn:aws:iam::%s:role/vended/deploy".formatted(account(client));
  }

  private static List<Map<String, AttributeValue>> clients(int count) {
    List<Map<String, AttributeValue>> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String id = "external-id-of-" + account(i);
      rows.add(AllowListRows.client(account(i), "Client " + i, id, role(i), Instant.now()));
    }
    return rows;
  }

  private static List<String> lines(int clients) {
    List<String> lines = new ArrayList<>();
    for (int client = 0; client < clients; client++) {
      for (int number = 0; number < GRANTS_OF_A_CLIENT; number++) {
        lines.add(
            ("{\"caller\":\"arn:aws:iam::111122223333:role/Builder%d\",\"roleArn\":\"%s\","
                    + "\"callerId\":\"AROAEXAMPLEBUILDER%03d\"}")
                .formatted(number, role(client), number));
      }
    }
    return lines;
  }
}
