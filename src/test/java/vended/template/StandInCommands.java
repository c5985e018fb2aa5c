package vended.template;

import static java.nio.charset.StandardCharsets.UTF_8;
import static vended.template.StandInTables.one;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.local.AllowListRows;
import vended.template.StandInCloudFormation.Stack;

/**
 * The commands {@code aws}, {@code sam} and {@code vend} of a page, run by a shell against the
 * stand-ins. What is not in a page is not here.
 */
final class StandInCommands implements AutoCloseable {
  static final String REGION = "eu-west-1";
  static final String STACK = "vended";

  private static final Pattern IMPORT =
      Pattern.compile("ResourceType=(.+),LogicalResourceId=(.+),ResourceIdentifier=\\{(.+)=(.+)}");

  private final StandInAccount account;
  private final StandInCloudFormation formation;
  private final Path folder;
  private final HttpServer server;
  private final StandInTables tables;
  private final Map<String, Runnable> changeSets = new LinkedHashMap<>();

  /** All commands, as they were given. */
  final List<List<String>> log = new ArrayList<>();

  /**
   * Starts listening.
   *
   * @param folder where the commands run
   * @param backup the rows of a table that is restored
   */
  StandInCommands(
      StandInAccount account,
      StandInCloudFormation formation,
      Path folder,
      List<Map<String, AttributeValue>> backup)
      throws IOException {
    this.account = account;
    this.formation = formation;
    this.folder = folder;
    tables = new StandInTables(account, folder, backup);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    for (String command : List.of("aws", "sam", "vend")) {
      Path file = folder.resolve(command);
      Files.writeString(
          file,
          """
          #!/bin/sh
          answer=$(printf '%%s\\0' "${0##*/}" "$@" |
            curl -sS --noproxy '*' --data-binary @- http://127.0.0.1:%d/)
          case $answer in
          ok*) printf '%%s' "${answer#ok}" ;;
          *) printf '%%s\n' "$answer" && exit 1 ;;
          esac
          """
              .formatted(server.getAddress().getPort()));
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }
  }

  /** Runs a block of a page; its output, or a failure with the command that failed. */
  String run(String block) throws IOException, InterruptedException {
    Path script = Files.writeString(folder.resolve("block.sh"), block);
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-eu", script.toString())
            .directory(folder.toFile())
            .redirectErrorStream(true);
    builder.environment().merge("PATH", folder.toString(), (path, first) -> first + ":" + path);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
      throw new StackFailed(output);
    }
    return output;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      List<String> words = List.of(body.substring(0, body.length() - 1).split("\0", -1));
      log.add(words);
      String answer;
      try {
        answer = "ok" + command(words);
      } catch (RuntimeException e) {
        answer = String.join(" ", words) + ": " + e;
      }
      byte[] bytes = answer.getBytes(UTF_8);
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private String command(List<String> words) {
    Map<String, List<String>> options = options(words);
    switch (words.size() > 2 ? String.join(" ", words.subList(0, 3)) : String.join(" ", words)) {
      case "sam deploy" -> deploy();
      case "vend stop" -> stop();
      case "vend start", "vend doctor", "vend audit compare" -> {}
      default -> {
        return switch (words.get(1)) {
          case "cloudformation" -> stacks(words.get(2), options);
          case "dynamodb" -> tables.run(words.get(2), options);
          case "iam" -> roles(words.get(2), options);
          default -> throw new StackFailed("not in the stand-in");
        };
      }
    }
    return "";
  }

  /** The words after each option. */
  private static Map<String, List<String>> options(List<String> words) {
    Map<String, List<String>> options = new LinkedHashMap<>();
    List<String> values = new ArrayList<>();
    for (String word : words) {
      if (word.startsWith("--")) {
        values = new ArrayList<>();
        options.put(word, values);
      } else {
        values.add(word);
      }
    }
    return options;
  }

  private void deploy() {
    String text = read("file://template.yaml");
    formation
        .find(REGION, STACK)
        .ifPresentOrElse(
            stack -> formation.update(stack, text, Map.of(), false),
            () -> formation.create(REGION, STACK, text, Map.of()));
  }

  private void stop() {
    String table = formation.get(REGION, STACK).thing("AllowListTable").name;
    account.tables().put(table, List.of(AllowListRows.vending(true, Instant.EPOCH)));
  }

  private String stacks(String action, Map<String, List<String>> options) {
    String name = one(options, "--stack-name");
    switch (action) {
      case "delete-stack" -> formation.delete(REGION, name);
      case "create-change-set" ->
          changeSets.put(one(options, "--change-set-name"), importing(name, options));
      case "execute-change-set" ->
          Objects.requireNonNull(changeSets.remove(one(options, "--change-set-name"))).run();
      case "update-stack" -> update(formation.get(REGION, name), options);
      case "set-stack-policy" ->
          formation.get(REGION, name).policy =
              Yaml.parse(read(one(options, "--stack-policy-body")));
      // Each of the above has ended when the next command comes.
      case "wait", "describe-stacks" -> {}
      default -> throw new StackFailed("not in the stand-in");
    }
    return "";
  }

  private void update(Stack stack, Map<String, List<String>> options) {
    formation.update(
        stack,
        read(one(options, "--template-body")),
        given(stack.parameters, options),
        options.containsKey("--stack-policy-during-update-body"));
  }

  private Runnable importing(String name, Map<String, List<String>> options) {
    if (!one(options, "--change-set-type").equals("IMPORT")) {
      throw new StackFailed("not in the stand-in");
    }
    Map<String, Map.Entry<String, String>> identifiers = new LinkedHashMap<>();
    for (String word : options.getOrDefault("--resources-to-import", List.of())) {
      Matcher found = IMPORT.matcher(word);
      if (!found.matches()) {
        throw new StackFailed("not what to import: " + word);
      }
      identifiers.put(found.group(2), Map.entry(found.group(3), found.group(4)));
    }
    Map<String, String> before =
        formation.find(REGION, name).map(stack -> stack.parameters).orElse(Map.of());
    String text = read(one(options, "--template-body"));
    Map<String, String> given = given(before, options);
    return () -> formation.importing(REGION, name, text, given, identifiers);
  }

  /**
   * A parameter that is not named has its default, whatever it was (API reference, UpdateStack).
   */
  private static Map<String, String> given(
      Map<String, String> before, Map<String, List<String>> options) {
    Map<String, String> given = new LinkedHashMap<>();
    for (String word : options.getOrDefault("--parameters", List.of())) {
      String key = word.replaceFirst("^ParameterKey=(.+),.*$", "$1");
      if (!word.endsWith(",UsePreviousValue=true")) {
        given.put(key, word.replaceFirst("^.*,ParameterValue=", ""));
      } else if (before.containsKey(key)) {
        given.put(key, Objects.requireNonNull(before.get(key)));
      }
    }
    return given;
  }

  private String roles(String action, Map<String, List<String>> options) {
    return switch (action) {
      case "list-role-policies" ->
          String.join("\t", account.rolePolicies(one(options, "--role-name")));
      case "list-attached-role-policies" -> "";
      default -> throw new StackFailed("not in the stand-in");
    };
  }

  private String read(String url) {
    return StandInTables.read(folder, url);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
