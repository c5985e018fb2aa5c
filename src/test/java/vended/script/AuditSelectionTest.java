package vended.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.audit.dynamo.Generator;
import vended.json.JsonObject;
import vended.local.Items;
import vended.local.LocalStack;
import vended.local.TestStack;
import vended.text.Sha256;

/** Which records an auditor gets with the script, of one client and of several values. */
class AuditSelectionTest {
  private static final String CLIENT = "O'Brien \"& Sons\", $(id) `id` \\ Söhne";
  private static final Instant END = end();
  private static final Instant SINCE = END.minus(Duration.ofHours(3));
  private static final List<Map<String, AttributeValue>> ROWS =
      Generator.rows(17, 400, END, Duration.ofHours(3));

  @RegisterExtension static final TestStack SHARED = TestStack.shared().resetOnce();

  private static final LocalStack stack = SHARED.stack();

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path home;

  /** The script's periods count back from the machine's own time. */
  private static Instant end() {
    return Instant.now().minusSeconds(300).truncatedTo(ChronoUnit.SECONDS);
  }

  @BeforeAll
  static void writeRows() {
    Generator.write(stack.tables().client(), stack.auditTable(), ROWS);
    ScriptOnStack script = new ScriptOnStack(stack, Path.of("target"));
    script.client(Generator.account(5), CLIENT, Generator.role(5));
    script.client("999900001111", "Twin", "arn:aws:iam::999900001111:role/vended/a");
    script.client("999900001112", "Twin", "arn:aws:iam::999900001112:role/vended/a");
  }

  static Stream<Shell> shells() {
    return Shell.matrix(AuditSelectionTest.class);
  }

  private Run.Result audit(Shell shell, String... arguments) {
    String[] all =
        Stream.concat(Stream.of("audit"), Arrays.stream(arguments)).toArray(String[]::new);
    return new ScriptOnStack(stack, home).auditor(shell, all).result();
  }

  private static List<String> ids(Predicate<Map<String, AttributeValue>> which) {
    return ROWS.stream().filter(which).map(AuditSelectionTest::id).sorted().toList();
  }

  private static String id(Map<String, AttributeValue> row) {
    return Items.text(row, "pk") + " " + Items.text(row, "sk");
  }

  private static List<String> ids(String lines) {
    return lines
        .lines()
        .map(line -> json(line))
        .map(r -> r.get("vendId") + " " + r.get("kind"))
        .toList();
  }

  private static Map<?, ?> json(String text) {
    return ((JsonObject.Read) JsonObject.read(text)).object().members();
  }

  private static boolean in(Map<String, AttributeValue> row, String name, String... values) {
    return row.containsKey(name) && List.of(values).contains(Items.text(row, name));
  }

  @ParameterizedTest
  @MethodSource("shells")
  void exportOfAClient_HasAllItsRecordsAndNoOthers_ByNameOrAccount(Shell shell) throws Exception {
    String account = Generator.account(5);
    String[] period = {"--since", SINCE.toString(), "--until", END.toString(), "--output"};
    export(shell, period, "named", "--client", CLIENT);
    export(shell, period, "numbered", "--account=" + account);

    String lines = Files.readString(home.resolve("named.jsonl"));
    assertThat(lines.lines()).isSorted();
    assertThat(ids(lines))
        .isNotEmpty()
        .containsExactlyElementsOf(ids(row -> in(row, "clientAccount", account)));
    String manifest = Files.readString(home.resolve("named.manifest.json"));
    assertThat(json(manifest).get("account")).isEqualTo(account);
    assertThat(json(manifest).get("count")).isEqualTo(lines.lines().count());
    assertThat(json(manifest).get("sha256")).isEqualTo(Sha256.sha256(lines));
    assertThat(home.resolve("numbered.jsonl")).hasContent(lines);
    assertThat(Files.readString(home.resolve("numbered.manifest.json"))).isEqualTo(manifest);
  }

  private void export(Shell shell, String[] period, String name, String... of) {
    List<String> arguments = new ArrayList<>(List.of("export"));
    arguments.addAll(List.of(period));
    arguments.add(home.resolve(name).toString());
    arguments.addAll(List.of(of));
    Run.Result result = audit(shell, arguments.toArray(String[]::new));
    assertThat(result.exit()).as(result.err()).isZero();
  }

  @Test
  void exportOfSeveral_HasTheRecordsOfEach_AndSaysOfWhich() throws Exception {
    String[] period = {"--since", SINCE.toString(), "--until", END.toString(), "--output"};
    String one = Generator.caller(0);
    String two = Generator.caller(7);
    export(Shell.any(), period, "callers", "--caller", two, "--caller", one);
    export(Shell.any(), period, "both", "--caller", one, "--role", Generator.role(3));

    assertThat(ids(Files.readString(home.resolve("callers.jsonl"))))
        .containsExactlyElementsOf(ids(row -> in(row, "caller", one, two)));
    assertThat(json(Files.readString(home.resolve("callers.manifest.json"))).get("caller"))
        .isEqualTo(List.of(two, one));
    assertThat(ids(Files.readString(home.resolve("both.jsonl"))))
        .containsExactlyElementsOf(
            ids(row -> in(row, "caller", one) && in(row, "roleArn", Generator.role(3))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--outcome denied,failed --kind vend",
        "--outcome denied --outcome failed --kind=vend"
      })
  void severalValues_AreSeparatedByCommasOrGivenAgain(String given) {
    String[] more = {"--since", "4h", "--all", "--format", "jsonl"};
    Run.Result result =
        audit(
            Shell.any(),
            Stream.concat(Arrays.stream(given.split(" ", -1)), Arrays.stream(more))
                .toArray(String[]::new));

    assertThat(ids(result.out()).stream().sorted())
        .isNotEmpty()
        .containsExactlyElementsOf(
            ids(row -> in(row, "sk", "outcome") && in(row, "outcome", "denied", "failed")));
  }

  @Test
  void clientIsAskedForByName_AndAnAmbiguousOrUnknownNameIsToldWithWhatMayBeMeant() {
    String[] more = {"--kind", "all", "--since", "4h", "--all", "--format", "jsonl", "--client"};
    assertThat(ids(audit(Shell.any(), with(more, CLIENT)).out()).stream().sorted())
        .containsExactlyElementsOf(ids(row -> in(row, "clientAccount", Generator.account(5))));

    Run.Result twins = audit(Shell.any(), with(more, "Twin"));
    assertThat(twins.exit()).isEqualTo(1);
    assertThat(twins.err())
        .contains("\"Twin\" is the name of 2 clients", "999900001111, 999900001112");
    Run.Result unknown = audit(Shell.any(), with(more, "twins"));
    assertThat(unknown.exit()).isEqualTo(1);
    assertThat(unknown.err()).contains("no client's name now", "999900001111 (Twin)");
    Run.Result export =
        audit(
            Shell.any(),
            "export",
            "--during",
            "2026-01",
            "--client=--all",
            "--output",
            home.resolve("none").toString());
    assertThat(export.exit()).isEqualTo(1);
    assertThat(export.err()).contains("\"--all\" is no client's name now");
    assertThat(home.resolve("none.jsonl")).doesNotExist();
  }

  private static String[] with(String[] arguments, String last) {
    return Stream.concat(Arrays.stream(arguments), Stream.of(last)).toArray(String[]::new);
  }
}
