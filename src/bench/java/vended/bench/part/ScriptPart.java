package vended.bench.part;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vended.bench.os.Programs;
import vended.bench.result.Samples;
import vended.bench.result.Section;
import vended.local.Keys;
import vended.local.LocalStack;

/**
 * Whole processes: {@code bin/vend} beside curl, which makes the same request, and beside the AWS
 * CLI, which makes the request that the service makes for it.
 */
public final class ScriptPart implements Part {
  private static final int TURNS = 2;
  private static final String VEND = Path.of("bin/vend").toAbsolutePath().toString();
  private static final String CURL = "curl";
  private static final String CREDENTIALS = "vend credentials";
  private static final String STATIC = "vend profile --static";
  private static final String ASSUME_ROLE = "aws sts assume-role";
  private static final String CLASSIC = "assume-role.sh with four aws";

  /** A command, who runs it, and what it reads. */
  private record Contender(Keys.Key key, List<String> command, String input) {
    Contender {
      command = List.copyOf(command);
    }
  }

  @Override
  public String name() {
    return "script";
  }

  @Override
  public Section run(Bench bench) throws Exception {
    Section section =
        new Section(name(), "The script, whole processes")
            .column("of_cli", "of aws sts assume-role", "×", 3)
            .column("of_classic", "of the classic script", "×", 3)
            .column("of_curl", "of curl", "×", 1)
            .plotted("time", "time", "ms", 0);
    Map<String, List<Double>> taken = new LinkedHashMap<>();
    try (LocalStack stack = QuietStack.start()) {
      Path home = Files.createTempDirectory(bench.setup().folder(), "home");
      Commands commands = new Commands(stack, home);
      Map<String, Contender> contenders = contenders(stack, home);
      for (int round = -1; round < bench.rounds(); round++) {
        for (String name : Bench.turn(List.copyOf(contenders.keySet()), Math.max(round, 0))) {
          double millis = time(commands, contenders.get(name));
          // The first round warms up the stack, and the programs in the machine's memory.
          if (round >= 0) {
            taken.computeIfAbsent(name, key -> new ArrayList<>()).add(millis);
          }
        }
      }
    }
    taken.forEach((name, millis) -> section.put(name, "time", Samples.of(millis)));
    Bench.overSubject(section, "time", "of_cli", ASSUME_ROLE);
    Bench.overSubject(section, "time", "of_classic", CLASSIC);
    Bench.overSubject(section, "time", "of_curl", CURL);
    return taken.containsKey(ASSUME_ROLE)
        ? section
        : section.note("The AWS CLI was not measured: it is not on this machine.");
  }

  /** The shorter of two: what comes on top is another process's. */
  private static double time(Commands commands, @Nullable Contender who)
      throws IOException, InterruptedException {
    double shortest = Double.MAX_VALUE;
    for (int i = 0; who != null && i < TURNS; i++) {
      shortest = Math.min(shortest, commands.time(who.key(), who.command(), who.input()));
    }
    return shortest;
  }

  private static Map<String, Contender> contenders(LocalStack stack, Path home)
      throws IOException, InterruptedException {
    Keys.Key caller = stack.people().pipeline();
    String role = stack.demonstration().roleArn();
    Map<String, Contender> contenders = new LinkedHashMap<>();
    contenders.put(CURL, new Contender(caller, curl(stack), curlConfig(caller, role)));
    contenders.put(CREDENTIALS, new Contender(caller, List.of(VEND, "credentials", role), ""));
    contenders.put(
        STATIC,
        new Contender(
            caller, List.of(VEND, "profile", role, "--profile", "client", "--static"), ""));
    Optional<String> aws = Programs.awsCli();
    if (aws.isPresent()) {
      Keys.Key vendor = stack.people().vendor();
      List<String> assume = assumeRole(aws.get(), role, stack.demonstration().externalId());
      contenders.put(ASSUME_ROLE, new Contender(vendor, assume, ""));
      contenders.put(CLASSIC, new Contender(vendor, classic(aws.get(), home, assume), ""));
    }
    return contenders;
  }

  private static List<String> curl(LocalStack stack) {
    return List.of(
        "curl",
        "--silent",
        "--show-error",
        "--fail",
        "--config",
        "-",
        "--aws-sigv4",
        "aws:amz:" + LocalStack.REGION + ":execute-api",
        stack.url() + "/credentials");
  }

  private static String curlConfig(Keys.Key key, String role) {
    return """
    user = "%s:%s"
    header = "Content-Type: application/json"
    data = "{\\"roleArn\\": \\"%s\\"}"
    """
        .formatted(key.id(), key.secret(), role);
  }

  private static List<String> assumeRole(String aws, String role, String externalId) {
    return List.of(
        aws,
        "sts",
        "assume-role",
        "--role-arn",
        role,
        "--role-session-name",
        "bench",
        "--external-id",
        externalId,
        "--query",
        "Credentials.[AccessKeyId,SecretAccessKey,SessionToken]",
        "--output",
        "text");
  }

  /** What the service replaces: AssumeRole, and the three keys into a profile. */
  private static List<String> classic(String aws, Path home, List<String> assume)
      throws IOException {
    Path script =
        Files.writeString(
            home.resolve("assume-role.sh"),
            """
            set -eu
            aws=$1
            shift
            "$@" >"$HOME/answer"
            read -r one two three <"$HOME/answer"
            "$aws" configure set aws_access_key_id "$one" --profile classic
            "$aws" configure set aws_secret_access_key "$two" --profile classic
            "$aws" configure set aws_session_token "$three" --profile classic
            """);
    List<String> command = new ArrayList<>(List.of("sh", script.toString(), aws));
    command.addAll(assume);
    return command;
  }
}
