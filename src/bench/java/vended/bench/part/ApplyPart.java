package vended.bench.part;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import vended.bench.os.ThreadCpu;
import vended.bench.result.Samples;
import vended.bench.result.Section;
import vended.local.LocalStack;

/** {@code vend grant apply} of a file of new grants, and of the same file again. */
public final class ApplyPart implements Part {
  private static final int GRANTS_OF_A_CLIENT = 10;

  /** The threads of DynamoDB Local: its HTTP server's, and SQLite's. */
  private static final Predicate<String> TABLES =
      name -> name.startsWith("qtp") || name.startsWith("SQLiteQueue");

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
            .plotted("time", "whole process", "s", 1)
            .column("tables", "CPU of DynamoDB Local", "s", 1)
            .column("functions", "CPU of the functions", "s", 1);
    int clients = Math.ceilDiv(bench.grants(), GRANTS_OF_A_CLIENT);
    int grants = clients * GRANTS_OF_A_CLIENT;
    try (LocalStack stack = QuietStack.start()) {
      Path home = Files.createTempDirectory(bench.setup().folder(), "home");
      stack.tables().put(stack.allowListTable(), NewGrants.clients(clients));
      Path file = Files.write(home.resolve("grants.jsonl"), NewGrants.lines(clients, "Builder"));
      Commands commands = new Commands(stack, home);
      List<String> command =
          List.of(
              Path.of("bin/vend").toAbsolutePath().toString(),
              "grant",
              "apply",
              file.toString(),
              "--yes",
              "--keep-others");
      Bench.say("apply: " + grants + " grants");
      for (String row : List.of(grants + " new grants", "the same again")) {
        ThreadCpu cpu = new ThreadCpu();
        double seconds = commands.time(stack.people().administrator(), command, "") / 1000;
        put(section, row, "time", seconds);
        put(section, row, "grant", seconds * 1000 / grants);
        put(section, row, "tables", cpu.nanosOf(TABLES) / 1e9);
        put(section, row, "functions", cpu.nanosOf(TABLES.negate()) / 1e9);
      }
    }
    Bench.overSubject(section, "time", "of_new", grants + " new grants");
    return section.note(
        "With the functions and DynamoDB Local in one process, on the same cores. DynamoDB Local"
            + " writes on one thread.");
  }

  private static void put(Section section, String row, String column, double value) {
    section.put(row, column, Samples.of(List.of(value)));
  }
}
