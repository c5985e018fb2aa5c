package vended.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import vended.local.LocalStack;
import vended.local.SignedClient;
import vended.local.TestStack;
import vended.template.Route;
import vended.template.Template;

/** The pages name each member that a route takes, as the route itself tells of an unknown one. */
class DocumentedMembersTest {
  private static final Pattern KNOWN = Pattern.compile("known are: ([^\"]+)\"");
  private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");

  @RegisterExtension static final TestStack SHARED = TestStack.shared();

  private static final LocalStack stack = SHARED.stack();

  static List<String> routes() {
    return Template.read(Path.of("template.yaml"), Map.of()).routes().stream()
        .map(Route::path)
        .toList();
  }

  /** The words that stand in the type of code. */
  private static Set<String> words() {
    return Stream.of("docs/api.md", "docs/audit.md")
        .flatMap(page -> CODE.matcher(Page.of(page).text()).results())
        .map(MatchResult::group)
        .flatMap(code -> Pattern.compile("\\w+").matcher(code).results())
        .map(MatchResult::group)
        .collect(Collectors.toSet());
  }

  @ParameterizedTest
  @MethodSource("routes")
  void everyMemberThatARouteTakes(String route) throws Exception {
    var key =
        route.startsWith("/audit/")
            ? stack.people().auditor()
            : route.equals("/credentials")
                ? stack.people().pipeline()
                : route.startsWith("/mine/")
                    ? stack.people().client()
                    : stack.people().administrator();
    try (SignedClient client = stack.caller(key)) {
      String answer = client.post(route, "{\"nobodyTakesThis\": 1}").body();

      Matcher known = KNOWN.matcher(answer);
      assertThat(known.find()).as(answer).isTrue();
      assertThat(words()).containsAll(List.of(known.group(1).split(", ", -1)));
    }
  }
}
