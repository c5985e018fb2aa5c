package vended.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import vended.json.Json;
import vended.json.JsonObject;
import vended.local.Keys;
import vended.local.LocalStack;
import vended.local.SignedClient;
import vended.local.TestStack;
import vended.template.Template;

/**
 * The service takes what the OpenAPI document allows, refuses what it forbids, and answers as it
 * says.
 */
class OpenApiTest {
  @RegisterExtension static final TestStack STACK = TestStack.shared();

  private static Document document;

  @BeforeAll
  static void read() throws Exception {
    document = Document.read();
  }

  private static SignedClient caller(Document.Route route) {
    LocalStack stack = STACK.stack();
    Keys.Key key =
        switch (route.tag()) {
          case "callers" -> stack.people().pipeline();
          case "administrators" -> stack.people().administrator();
          case "auditors" -> stack.people().auditor();
          default -> stack.people().client();
        };
    return stack.caller(key);
  }

  @Test
  void hasEveryRoute() {
    assertThat(document.routes().stream().map(Document.Route::path))
        .containsExactlyInAnyOrderElementsOf(
            Template.read(Path.of("template.yaml"), Map.of()).routes().stream()
                .map(route -> route.path())
                .toList());
  }

  /** In docs/api.md, which ReferenceTest compares with the code. */
  @Test
  void hasEveryCodeWithItsStatus() throws Exception {
    Map<Integer, Set<String>> documented = new TreeMap<>();
    // Rows of several statuses, and a code that only docs/audit.md explains.
    documented.put(400, new TreeSet<>(List.of("refused", "report_too_large")));
    documented.put(404, new TreeSet<>(List.of("not_found")));
    documented.put(413, new TreeSet<>(List.of("too_large")));
    String page = Files.readString(Path.of("docs", "api.md"));
    for (var row :
        Pattern.compile("(?m)^\\| ([45]\\d\\d) \\| ([^|]*) \\|").matcher(page).results().toList()) {
      Set<String> codes =
          documented.computeIfAbsent(Integer.valueOf(row.group(1)), status -> new TreeSet<>());
      Pattern.compile("`(\\w+)`")
          .matcher(row.group(2))
          .results()
          .forEach(code -> codes.add(code.group(1)));
    }

    assertThat(document.codes()).isEqualTo(documented);
  }

  @Test
  void takesWhatIsAllowed_andAnswersAsDocumented() throws Exception {
    for (Document.Route route : document.routes()) {
      try (SignedClient client = caller(route)) {
        for (Object example : document.examples(route.request())) {
          String body = Json.write(asBody(example));
          assertThat(document.faults("/components/schemas/" + route.request(), body)).isEmpty();

          HttpResponse<String> answer = client.post(route.path(), body);

          String what = route.path() + " " + body + ": " + answer.body();
          assertThat(answer.body()).as(what).doesNotContain("\"invalid_body\"");
          if (answer.headers().firstValue("Content-Type").orElse("").contains("json")
              && !answer.headers().firstValue("Content-Type").orElse("").contains("jsonl")) {
            assertThat(document.faults(document.answer(route, answer.statusCode()), answer.body()))
                .as(what)
                .isEmpty();
          }
        }
      }
    }
  }

  @Test
  void refusesWhatIsForbidden() throws Exception {
    List<String> taken = new ArrayList<>();
    int refused = 0;
    for (Document.Route route : document.routes()) {
      String schema = "/components/schemas/" + route.request();
      Map<String, Object> valid = asBody(document.examples(route.request()).getLast());
      try (SignedClient client = caller(route)) {
        for (String body : Mutations.of(valid, document.members(route.request()))) {
          if (document.faults(schema, body).isEmpty()) {
            continue;
          }
          HttpResponse<String> answer = client.post(route.path(), body);
          if (answer.statusCode() == 400) {
            refused++;
          } else {
            taken.add(route.path() + " " + body + ": " + answer.statusCode());
          }
        }
      }
    }

    assertThat(taken).isEmpty();
    assertThat(refused).isGreaterThan(500);
  }

  @Test
  void grantLines_areWhatApplyTakes() throws Exception {
    var schema = Document.ofFile(Path.of("docs", "grants.schema.json"));
    int refused = 0;
    try (SignedClient client = STACK.stack().caller(STACK.stack().people().administrator())) {
      for (Object example : document.examples("GrantLine")) {
        assertThat(Document.faults(schema, Json.write(asBody(example)))).isEmpty();
        assertThat(plan(client, Json.write(asBody(example)))).isEqualTo(200);
        Set<String> members = document.members("GrantLine");
        for (String line : Mutations.of(asBody(example), members)) {
          if (!Document.faults(schema, line).isEmpty()) {
            assertThat(plan(client, line)).as(line).isEqualTo(400);
            refused++;
          }
        }
      }
      HttpResponse<String> exported = client.post("/grants/list", "{\"format\":\"lines\"}");
      Object lines =
          Document.at(
              ((JsonObject.Read) JsonObject.read(exported.body())).object().members(), "lines");
      assertThat((List<?>) lines)
          .isNotEmpty()
          .allSatisfy(line -> assertThat(Document.faults(schema, (String) line)).isEmpty());
    }
    assertThat(refused).isGreaterThan(50);
  }

  private static int plan(SignedClient client, String line) throws Exception {
    String body = Json.write(Map.of("plan", true, "lines", List.of(line)));
    return client.post("/grants/apply", body).statusCode();
  }

  private static Map<String, Object> asBody(Object example) {
    Map<String, Object> body = new TreeMap<>();
    ((Map<?, ?>) example).forEach((name, value) -> body.put((String) name, value));
    return body;
  }
}
