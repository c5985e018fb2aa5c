package vended.fuzz;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Fuzzes each target for its share of the time, and prints what that came to. */
final class Main {
  private static final Duration LEAST = Duration.ofSeconds(2);

  private Main() {}

  /** What came of a target. */
  record Result(Targets target, String how, long executions, long seconds, List<String> findings) {
    String line() {
      return "fuzz: %-10s %-16s %,12d executions in %3d s, %d findings"
          .formatted(target.word(), how, executions, seconds, findings.size());
    }
  }

  /**
   * Runs.
   *
   * @param args nothing; the properties {@code fuzz.seconds}, {@code fuzz.only}, {@code fuzz.keep}
   *     and {@code fuzz.libraries} say how
   */
  public static void main(String[] args) throws Exception {
    Duration total = Duration.ofSeconds(Long.getLong("fuzz.seconds", 600));
    boolean keep = Boolean.getBoolean("fuzz.keep");
    Path libraries = Path.of(System.getProperty("fuzz.libraries", "target/fuzz/lib"));
    Set<String> only = Set.of(System.getProperty("fuzz.only", "").split(",", -1));
    List<Targets> targets =
        Targets.ALL.stream().filter(one -> only.contains("") || only.contains(one.word())).toList();
    Duration each = total.dividedBy(Math.max(1, targets.size()));
    Duration time = each.compareTo(LEAST) < 0 ? LEAST : each;
    List<Result> results = new ArrayList<>();
    for (Targets one : targets) {
      Result result =
          one.target().isJava()
              ? new Guided(one, libraries).run(time, keep)
              : Unguided.run(one, time);
      System.out.println(result.line());
      result.findings().forEach(System.out::println);
      results.add(result);
    }
    int findings = results.stream().mapToInt(result -> result.findings().size()).sum();
    System.out.printf(
        "fuzz: %d targets, %,d executions, %d seconds, %d findings%n",
        results.size(),
        results.stream().mapToLong(Result::executions).sum(),
        results.stream().mapToLong(Result::seconds).sum(),
        findings);
    System.exit(findings == 0 ? 0 : 1);
  }
}
