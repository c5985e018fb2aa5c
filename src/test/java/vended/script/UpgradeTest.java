package vended.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import vended.json.JsonObject;
import vended.local.Items;
import vended.local.Keys;
import vended.local.LocalStack;
import vended.local.OldRelease;
import vended.local.Principal;
import vended.local.TestStack;
import vended.template.Route;
import vended.template.Template;

/** From each earlier release: its rows, its cursors and its script in this service, and back. */
class UpgradeTest {
  @RegisterExtension static final TestStack SHARED = TestStack.shared();
  private static final LocalStack stack = SHARED.stack();

  private static final String ROLE = "arn:aws:iam::444455556666:role/vended/deploy";
  private static final String OTHER_ROLE = "arn:aws:iam::888899990000:role/vended/deploy";
  private static final String PIPELINE = "arn:aws:iam::111122223333:user/pipelines/demo-pipeline";

  /** The command of this script that needs a route which an earlier release may lack. */
  private static final Map<String, List<String>> COMMANDS =
      Map.of(
          "/audit/caller", List.of("revoke", PIPELINE),
          "/clients/rotate", List.of("client", "rotate", "444455556666"),
          "/clients/remove", List.of("client", "remove", "444455556666"),
          "/access/list", List.of("access"),
          "/access/why", List.of("why", "01KG9VQ9E0TSV4RRFFQ69G5FAV"),
          "/access/status", List.of("status"),
          "/mine/audit", List.of("mine", "audit"),
          "/mine/grants", List.of("mine", "grants"),
          "/mine/suspend", List.of("mine", "suspend"));

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path home;

  private Run run(OldRelease release, Keys.Key key, String... arguments) {
    return new ScriptOnStack(stack, home).run(Shell.any(), key, arguments).script(release.script());
  }

  private String done(OldRelease release, Keys.Key key, String... arguments) {
    var result = run(release, key, arguments).result();
    assertThat(result.exit()).as("%s%n%s", result.out(), result.err()).isZero();
    return result.out();
  }

  /** The pipeline of the release's rows, with the unique ID that its grant of a role has. */
  private static Keys.Key pipeline(OldRelease release, String role) {
    var grant =
        release.allowList().stream()
            .filter(row -> Items.text(row, "pk").equals("caller#" + PIPELINE))
            .filter(row -> Items.text(row, "sk").equals("role#" + role))
            .findFirst()
            .orElseThrow();
    return stack.keys().issue(Principal.user(PIPELINE, Items.text(grant, "callerId")));
  }

  @ParameterizedTest
  @MethodSource("vended.local.OldRelease#all")
  void theOldScriptUsesTheNewServiceAndOldRowsAreReadable(OldRelease release) throws Exception {
    release.bringInto(stack);
    var pipeline = pipeline(release, ROLE);
    var administrator = stack.people().administrator();

    assertThat(done(release, pipeline, "credentials", ROLE)).contains("\"SessionToken\":");
    // Verified by the release's own probe; its grant has every member that there was.
    var limited = pipeline(release, OTHER_ROLE);
    assertThat(done(release, limited, "credentials", OTHER_ROLE, "--duration", "30m"))
        .contains("\"SessionToken\":");
    assertThat(run(release, pipeline, "exec", ROLE, "--", "cat", "/dev/null").result().exit())
        .isZero();
    assertThat(done(release, pipeline, "roles")).contains(ROLE);
    assertThat(done(release, pipeline, "whoami")).contains(PIPELINE);
    assertThat(done(release, administrator, "client", "list"))
        .contains("Client of old", "suspended", "not verified");
    assertThat(done(release, administrator, "grant", "list"))
        .contains("UNPINNED", "2099-01-01", "disabled");
    assertThat(done(release, administrator, "grant", "export"))
        .contains(
            "ReadOnlyAccess", "\"team\":\"platform\"", "2099-01-01T00:00:00Z", "Every member");
    changes(release, administrator);
    audit(release);
  }

  private void changes(OldRelease release, Keys.Key administrator) {
    done(release, administrator, "client", "resume", "222222222222");
    assertThat(done(release, administrator, "client", "verify", "888899990000")).isNotNull();
    done(release, administrator, "grant", "put", PIPELINE, OTHER_ROLE, "--unpinned");
    done(release, administrator, "grant", "remove", PIPELINE, OTHER_ROLE);
    done(release, administrator, "stop");
    done(release, administrator, "start");
    assertThat(done(release, administrator, "revoke", PIPELINE)).contains("aws:SourceIdentity");
  }

  private void audit(OldRelease release) {
    var auditor = stack.people().auditor();
    String[] period = {"--since", release.period("since"), "--until", release.period("until")};
    var all =
        done(
            release, auditor, with(period, "audit", "--all", "--format", "jsonl", "--kind", "all"));
    assertThat(
            all.lines()
                .map(line -> String.valueOf(members(line).get("vendId")))
                .collect(Collectors.toSet()))
        .isEqualTo(
            release.audit().stream().map(row -> Items.text(row, "pk")).collect(Collectors.toSet()));
    assertThat(done(release, auditor, with(period, "audit", "--outcome", "open", "--all")))
        .contains("intent");
    assertThat(done(release, auditor, with(period, "audit", "report"))).contains("</html>");
  }

  private static String[] with(String[] period, String... command) {
    var all = new ArrayList<>(List.of(command));
    all.addAll(List.of(period));
    return all.toArray(String[]::new);
  }

  private static Map<?, ?> members(String line) {
    return ((JsonObject.Read) JsonObject.read(line)).object().members();
  }

  /** A client that was reading a list while the service was updated gets the rest of it. */
  @ParameterizedTest
  @MethodSource("vended.local.OldRelease#all")
  void oldCursorsGoOnOrAreRefusedWithAReason(OldRelease release) throws Exception {
    release.bringInto(stack);
    var pages = new TreeMap<String, String>();
    for (var route : List.of("/clients/list", "/grants/list", "/audit/query")) {
      var audit = route.equals("/audit/query");
      var key = audit ? stack.people().auditor() : stack.people().administrator();
      var period =
          "\"since\":\"%s\",\"until\":\"%s\",\"kind\":\"all\","
              .formatted(release.period("since"), release.period("until"));
      try (var caller = stack.caller(key)) {
        var answer =
            caller.post(
                route,
                "{%s\"limit\":3,\"cursor\":\"%s\"}"
                    .formatted(audit ? period : "", release.cursor(route)));
        pages.put(route, answer.statusCode() + " " + answer.body());
      }
    }

    assertThat(pages.get("/clients/list")).startsWith("200 ").contains("333333333333");
    assertThat(pages.get("/grants/list")).startsWith("200 ").contains("Unpinned");
    assertThat(pages.get("/audit/query")).matches("(?s)(200 .*vendId|400 .*cursor).*");
  }

  /** The old service as far as the script sees it: its routes, and its answer to all others. */
  @ParameterizedTest
  @MethodSource("vended.local.OldRelease#all")
  void theNewScriptSaysWhatAnOldServiceLacks(OldRelease release) {
    var old = Template.read(release.template(), Map.of());
    var missing =
        Template.read(Path.of("template.yaml"), Map.of()).routes().stream()
            .map(Route::path)
            .filter(path -> !release.routes().contains(path))
            .toList();
    assertThat(COMMANDS.keySet()).as("the routes of commands").containsAll(missing);

    try (var service =
        new StandIn(request -> answer(old, release.routes(), request.path(), request.body()))) {
      for (var route : missing) {
        var said =
            Run.vend(
                    Shell.any(),
                    home,
                    COMMANDS.getOrDefault(route, List.of()).toArray(String[]::new))
                .calling(service.url())
                .result()
                .err();
        // Of several that a command needs, it names the first.
        assertThat(missing)
            .as("%s: %s", route, said)
            .anyMatch(
                first ->
                    said.contains(
                        "there is no " + first + ": the service is older than this vend"));
      }
      var whoami = Run.vend(Shell.any(), home, "whoami").calling(service.url()).result();
      assertThat(whoami.exit()).isEqualTo(1);
      assertThat(whoami.err()).contains("older than this vend lets callers ask this");
      var unknown = Run.vend(Shell.any(), home, "client", "list").calling(service.url()).result();
      assertThat(unknown.err()).contains("/new: is unknown", "older than this vend");
    }
  }

  private static StandIn.Answer answer(Template old, Set<String> routes, String path, String body) {
    if (path.equals("/clients/list") && body.contains("account")) {
      return StandIn.Answer.json("{\"client\":{\"version\":1,\"roles\":[]}}");
    }
    return switch (path) {
      case "/grants/list" -> StandIn.Answer.json("{\"grants\":[]}");
      case "/clients/list" ->
          new StandIn.Answer(
              400,
              "application/problem+json",
              "{\"title\":\"Bad Request\",\"errors\":[{\"pointer\":\"/new\",\"detail\":\"is"
                  + " unknown; known are: limit\"}]}",
              Map.of());
      case "/roles" -> gateway(old, "ACCESS_DENIED");
      default -> {
        assertThat(routes).doesNotContain(path);
        yield gateway(old, "MISSING_AUTHENTICATION_TOKEN");
      }
    };
  }

  private static StandIn.Answer gateway(Template old, String type) {
    var response = old.gatewayResponse(type);
    return new StandIn.Answer(
        response.status(), "application/problem+json", response.body(Map.of()), Map.of());
  }
}
