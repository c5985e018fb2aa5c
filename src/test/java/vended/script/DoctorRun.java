package vended.script;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import vended.script.StandIn.Answer;
import vended.script.StandIn.Request;

/**
 * One run of {@code vend doctor} against stand-ins for the AWS CLI and the service.
 *
 * @param home the user's home
 * @param result what came of it
 */
record DoctorRun(Path home, Run.Result result) {
  /**
   * Answers from files that are named by the question: service, operation, and what tells two
   * questions of an operation apart. Writes down what it was asked.
   */
  static final String AWS =
      """
      key="$1 $2"
      case $1 in iam | s3api | sts) ;; *) [ -n "$AWS_PAGER" ] && exit 9 ;; esac
      case $3 in --query | --region=* | --statement | --alarm-names) ;; *) key="$key $4" ;; esac
      case "$1 $2" in
      'dynamodb query') key="$key $9" ;;
      'apigateway test-invoke-method') key="$key $6" ;;
      'iam simulate-principal-policy')
        case $* in
        *lambda:InvokeFunction*states:StopExecution*) key="$key all" ;;
        *'--action-names lambda:InvokeFunction --resource-arns'*) key="$key others" ;;
        *) key="$key $6" ;;
        esac
        ;;
      esac
      case $5 in --qualifier) key="$key $6" ;; esac
      while :; do case $key in */*) key="${key%%/*}%${key#*/}" ;; *) break ;; esac; done
      { printf '%s\\037' "$key" "$@"; printf '\\036'; } >>"$STAND_IN_AWS/.asked"
      [ -f "$STAND_IN_AWS/$key" ] || { printf 'no stand-in answer: %s\\n' "$key" >&2; exit 255; }
      {
        read -r code
        if [ "$code" = 0 ]; then cat; else cat >&2; fi
        exit "$code"
      } <"$STAND_IN_AWS/$key"
      """;

  /** That shell, or another where it is not on the machine. */
  static Shell shell(String name) {
    return Shell.all().filter(shell -> shell.name().equals(name)).findFirst().orElse(Shell.any());
  }

  static DoctorRun of(Shell shell, Path home, DoctorAnswers answers, String... options)
      throws IOException {
    return of(shell, home, answers, DoctorRun::service, options);
  }

  static DoctorRun of(
      Shell shell,
      Path home,
      DoctorAnswers answers,
      Function<Request, Answer> service,
      String... options)
      throws IOException {
    Path stubs = Files.createDirectories(home.resolve("stubs"));
    Programs.write(stubs.resolve("aws"), AWS);
    List<String> arguments = new ArrayList<>(List.of("doctor"));
    arguments.addAll(List.of(options));
    try (StandIn api = new StandIn(service)) {
      if (arguments.contains("--probe")) {
        arguments.addAll(List.of("--url", api.url()));
      }
      return new DoctorRun(
          home,
          Run.vend(shell, home, arguments.toArray(String[]::new))
              .calling(api.url())
              .with("TMPDIR", home.toString())
              .with("STAND_IN_AWS", answers.write(home.resolve("aws")).toString())
              .programsIn(stubs)
              .result());
    }
  }

  /** Probes and vends. */
  static Answer service(Request request) {
    return Answer.json(
        request.path().equals("/probes")
            ? "{\"probeId\":\"%s\",\"passed\":true}".formatted(DoctorAnswers.PROBE_ID)
            : Answers.credentials());
  }

  /** The lines about a check, without its name. */
  List<String> about(String check) {
    return result.out().lines().filter(line -> line.contains(": " + check + ": ")).toList();
  }

  /** The IDs of the checks with that result. */
  List<String> checks(String outcome) {
    return result
        .out()
        .lines()
        .filter(line -> line.startsWith(outcome + ": "))
        .map(line -> line.split(": ", 3)[1])
        .toList();
  }

  /** The questions that the AWS CLI was asked: the name of the answer's file, and the words. */
  List<List<String>> asked() throws IOException {
    String log = Files.readString(home.resolve("aws/.asked"));
    return Stream.of(log.split("\036", -1))
        .filter(question -> !question.isEmpty())
        .map(question -> List.of(question.split("\037", -1)))
        .toList();
  }
}
