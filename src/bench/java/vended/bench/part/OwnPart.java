package vended.bench.part;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import vended.bench.os.Compiler;
import vended.bench.result.Samples;
import vended.bench.result.Section;

/** Our own code without any call, by JMH: time and allocation. */
public final class OwnPart implements Part {
  private static final Path LIBRARIES = Path.of("target/bench/lib/jmh");
  private static final Path SOURCE = Path.of("src/bench/jmh/vended/bench/jmh/OwnCode.java");
  private static final String ALLOCATION = ":gc.alloc.rate.norm";

  @Override
  public String name() {
    return "own";
  }

  @Override
  public Section run(Bench bench) throws Exception {
    Section section =
        new Section(name(), "Our own code of a vend, without the calls")
            .plotted("time", "time", "µs", 1)
            .column("allocated", "allocated", "kB", 1);
    List<Path> libraries = Compiler.jars(LIBRARIES);
    if (libraries.isEmpty()) {
      return section.note("Not measured: JMH is not in " + LIBRARIES + "; run ./mvnw -Pbench.");
    }
    List<Path> classPath = new ArrayList<>(libraries);
    classPath.addAll(Compiler.ownClassPath());
    Path classes = bench.setup().folder().resolve("jmh");
    Compiler.compile(List.of(SOURCE), classPath, libraries, classes);
    classPath.addFirst(classes);
    Bench.say("own: JMH, half a minute");
    List<String> lines = run(classPath, bench.setup().folder().resolve("jmh.csv"));
    for (String line : lines.subList(1, lines.size())) {
      put(section, line.split(",", -1));
    }
    return section.note(
        "By JMH, in one fork, with tables and an STS that answer from memory: vend is the handler"
            + " from the event to the answer, event is the runtime's reading of the event, body is"
            + " our reading of its body.");
  }

  private static List<String> run(List<Path> classPath, Path result)
      throws IOException, InterruptedException {
    Path output = result.resolveSibling("jmh.txt");
    int code =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                Compiler.joined(classPath),
                "org.openjdk.jmh.Main",
                "-prof",
                "gc",
                "-rf",
                "csv",
                "-rff",
                result.toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start()
            .waitFor();
    if (code != 0) {
      throw new IOException(Files.readString(output, UTF_8));
    }
    return Files.readAllLines(result, UTF_8);
  }

  /** Name, mode, threads, samples, score, error of the score, unit. */
  private static void put(Section section, String[] fields) {
    String name = fields[0].replace("\"", "").replaceFirst("^.*OwnCode\\.", "");
    double score = Double.parseDouble(fields[4]);
    if (name.endsWith(ALLOCATION)) {
      section.put(name.replace(ALLOCATION, ""), "allocated", Samples.once(score / 1000));
    } else if (!name.contains(":")) {
      double error = fields[5].equals("NaN") ? 0 : Double.parseDouble(fields[5]);
      section.put(
          name,
          "time",
          new Samples(score, List.of(Math.max(0, score - error), score, score + error)));
    }
  }
}
