package vended.script;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import vended.local.LocalStack;

/** A folder in which the commands of the pages find all that they call and read. */
final class DocumentedHome {
  private DocumentedHome() {}

  /** The script, in both places from which pages call it, the files they read, and stand-ins. */
  static Path programs(Path home, LocalStack stack) throws IOException {
    Path programs = Files.createDirectories(home.resolve("programs"));
    Path bin = Files.createDirectories(home.resolve("bin"));
    for (Path folder : List.of(programs, bin)) {
      for (String part :
          List.of(
              "vend",
              "vend-more",
              "vend-admin",
              "vend-audit",
              "vend-access",
              "vend-mine",
              "vend-doctor")) {
        copy(Run.VEND.resolveSibling(part), folder.resolve(part));
      }
    }
    // A reader has it; the script does without.
    Programs.write(
        programs.resolve("sed"), "exec '%s' \"$@\"".formatted(Shell.find("sed").orElseThrow()));
    copy(Path.of("client-role.yaml"), home.resolve("client-role.yaml"));
    stack.writeEnvironment(Files.createDirectories(home.resolve("target")).resolve("local.env"));
    Programs.write(home.resolve("migrate.sh"), "[ -n \"$AWS_CONFIG_FILE\" ]");
    Programs.write(
        home.resolve("mvnw"),
        """
        case $* in
        package | verify) ;;
        -P*) grep -q "<id>${1#-P}</id>" '%s' ;;
        *) exit 2 ;;
        esac
        """
            .formatted(Path.of("pom.xml").toAbsolutePath()));
    Programs.write(
        programs.resolve("sam"),
        "[ \"$*\" = 'deploy --guided --stack-name vended --capabilities CAPABILITY_NAMED_IAM' ]");
    Programs.write(programs.resolve("git"), "[ -n \"$AWS_SESSION_TOKEN\" ] && [ \"$1\" = push ]");
    Programs.write(programs.resolve("aws-of-the-doctor"), DoctorRun.AWS);
    Path answers = new DoctorAnswers().write(home.resolve("answers"));
    Programs.write(
        programs.resolve("aws"),
        "case $* in *' --output json') export STAND_IN_AWS='%s'; exec aws-of-the-doctor \"$@\" ;; esac%n"
                .formatted(answers)
            + """
            case $* in
            'sts get-caller-identity') [ -n "$AWS_SESSION_TOKEN" ] ;;
            'cloudtrail lookup-events --start-time '*' --end-time '*' --lookup-attributes \
            AttributeKey=EventName,AttributeValue=AssumeRole') echo '{"Events": []}' ;;
            's3 cp s3://RESULTS/QUERY_ID.csv -')
              printf '"event"\\n"{""eventName"":""AssumeRole"",""userIdentity"":{""arn"":""x""}}"\\n' ;;
            's3 sync s3://BUCKET/'*) mkdir -p "$4" && echo '{"Records":[]}' >"$4/log.json" ;;
            'cloudformation deploy --stack-name '*' --template-file client-role.yaml --capabilities \
            CAPABILITY_NAMED_IAM --parameter-overrides '*)
              set -e
              shift 9
              for parameter; do
                grep -q "^  ${parameter%%=*}:$" client-role.yaml
                printf '%s\\n' "$parameter"
              done ;;
            *) echo "no such command of AWS: $*" >&2; exit 2 ;;
            esac
            """);
    return programs;
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
  }
}
