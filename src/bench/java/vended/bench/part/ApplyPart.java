package vended.bench.part;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import vended.bench.result.Samples;
import vended.bench.result.Section;
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
}
