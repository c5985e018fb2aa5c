package vended.bench;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a run is asked for, by system properties.
 *
 * @param only the parts to run; all of them if it is empty
 * @param jars jars to measure beside this build's, by their names; {@code baseline} is one of them
 * @param clients other HTTP clients to measure in this build's jar
 * @param starts other ways to start this build's jar without a snapshot
 * @param subjects the subjects to measure; all of them if it is empty
 * @param rounds how often each subject has its turn
 * @param vends how many vends a turn has
 * @param memory the sizes of the function whose share of a core it gets, in MB; if it is empty,
 *     each part takes its own
 * @param tls whether the stand-ins speak TLS, as AWS does
 * @param idle how long connections are left alone, in seconds
 * @param records how many records the audit has
 * @param grants how many grants are applied
 * @param docs whether the figures become those of {@code docs/performance.md}
 * @param given the options that were set, as they were
 */
public record Options(
    Set<String> only,
    Map<String, Path> jars,
    List<String> clients,
    List<String> starts,
    Set<String> subjects,
    int rounds,
    int vends,
    List<Integer> memory,
    boolean tls,
    List<Integer> idle,
    List<Integer> records,
    int grants,
    boolean docs,
    Map<String, String> given) {
  private static final String PREFIX = "bench.";

  /** The options of this JVM. */
  static Options ofProcess() {
    Map<String, String> given = new LinkedHashMap<>();
    System.getProperties().stringPropertyNames().stream()
        .filter(name -> name.startsWith(PREFIX) && !System.getProperty(name).isEmpty())
        .sorted()
        .forEach(name -> given.put(name.substring(PREFIX.length()), System.getProperty(name)));
    return new Options(
        Set.copyOf(list(given, "only", "")),
        jars(given),
        list(given, "clients", ""),
        list(given, "starts", "unverified,jar,stored,aot"),
        Set.copyOf(list(given, "subjects", "")),
        Integer.parseInt(given.getOrDefault("rounds", "3")),
        Integer.parseInt(given.getOrDefault("vends", "40")),
        list(given, "memory", "").stream().map(Integer::valueOf).toList(),
        Boolean.parseBoolean(given.getOrDefault("tls", "true")),
        list(given, "idle", "6,60").stream().map(Integer::valueOf).toList(),
        list(given, "records", "1000,10000,100000").stream().map(Integer::valueOf).toList(),
        Integer.parseInt(given.getOrDefault("grants", "200")),
        Boolean.parseBoolean(given.getOrDefault("docs", "false")),
        Collections.unmodifiableMap(given));
  }

  /** {@code NAME=JAR,…}, and the option {@code baseline}. */
  private static Map<String, Path> jars(Map<String, String> given) {
    Map<String, Path> jars = new LinkedHashMap<>();
    if (given.containsKey("baseline")) {
      jars.put("baseline", Path.of(given.get("baseline")));
    }
    for (String jar : list(given, "jars", "")) {
      String[] parts = jar.split("=", 2);
      if (parts.length != 2) {
        throw new IllegalArgumentException("bench.jars is NAME=JAR,NAME=JAR: " + jar);
      }
      jars.put(parts[0], Path.of(parts[1]));
    }
    return jars;
  }

  private static List<String> list(Map<String, String> given, String name, String usual) {
    return Arrays.stream(given.getOrDefault(name, usual).split(",", -1))
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .toList();
  }
}
