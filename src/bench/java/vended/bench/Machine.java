package vended.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import vended.bench.os.Programs;

/** What a reader must know of the machine; never its name. */
final class Machine {
  private Machine() {}

  static Map<String, String> facts() throws IOException, InterruptedException {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("Measured", LocalDate.now(ZoneOffset.UTC).toString());
    facts.put("processor", processor());
    facts.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
    facts.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    facts.put("Java", System.getProperty("java.runtime.version"));
    Programs.output(List.of("node", "--version"))
        .ifPresent(version -> facts.put("Node", version.replace("v", "")));
    Programs.output(List.of("python3", "-c", "import sys; print(sys.version.split()[0])"))
        .ifPresent(version -> facts.put("Python", version));
    return facts;
  }

  private static String processor() throws IOException {
    Path file = Path.of("/proc/cpuinfo");
    Optional<String> name =
        Files.exists(file)
            ? Files.readAllLines(file).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.replaceFirst(".*: *", "").strip())
                .findFirst()
            : Optional.empty();
    return name.orElse("unknown");
  }
}
