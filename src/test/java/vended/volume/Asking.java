package vended.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vended.audit.query.Period;
import vended.json.Json;
import vended.local.Keys;
import vended.local.LocalStack;
import vended.local.SignedClient;

/** Asks the stack through its public interface, and measures. */
final class Asking {
  private final LocalStack stack;
  private final Path home;
  private final Measure measure;
  private final Script script;

  Asking(LocalStack stack, Path home, Measure measure) {
    this.stack = stack;
    this.home = home;
    this.measure = measure;
    this.script = new Script(stack, home);
  }

  /** All pages of a question to {@code /audit/query}. */
  List<Map<String, @Nullable Object>> records(String name, Map<String, Object> question)
      throws Exception {
    List<Map<String, @Nullable Object>> records = new ArrayList<>();
    measure.ask(name, () -> pages(question, records));
    return records;
  }

  private Measure.Answer pages(
      Map<String, Object> question, List<Map<String, @Nullable Object>> records) throws Exception {
    Map<String, Object> body = new LinkedHashMap<>(question);
    body.put("limit", 1000);
    long bytes = 0;
    try (SignedClient auditor = stack.caller(stack.people().auditor())) {
      Object cursor;
      do {
        String text = post(auditor, "/audit/query", body);
        bytes += text.length();
        Map<String, @Nullable Object> page = Records.object(text);
        Records.list(page.get("records")).forEach(row -> records.add(Records.object(row)));
        cursor = page.get("cursor");
        if (cursor != null) {
          body.put("cursor", cursor);
        }
      } while (cursor != null);
    }
    return new Measure.Answer(records.size(), bytes, 0);
  }

  /** One answer to each body, as an administrator. */
  List<Map<String, @Nullable Object>> each(
      String name, String path, List<Map<String, Object>> bodies) throws Exception {
    List<Map<String, @Nullable Object>> answers = new ArrayList<>();
    measure.ask(
        name,
        () -> {
          long bytes = 0;
          try (SignedClient administrator = stack.caller(stack.people().administrator())) {
            for (Map<String, Object> body : bodies) {
              String text = post(administrator, path, body);
              bytes += text.length();
              answers.add(Records.object(text));
            }
          }
          return new Measure.Answer(answers.size(), bytes, 0);
        });
    return answers;
  }

  private static String post(SignedClient who, String path, Map<String, ?> body) throws Exception {
    HttpResponse<String> answer = who.post(path, Json.write(body));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  /** The lines that the script writes, to its output or a file. */
  List<String> lines(String name, boolean asAuditor, String file, String... arguments)
      throws Exception {
    Path[] written = new Path[1];
    measure.ask(
        name,
        () -> {
          Script.Result result = run(asAuditor, arguments);
          assertThat(result.exit()).as(result.err()).isZero();
          written[0] = file.isEmpty() ? result.out() : home.resolve(file);
          return new Measure.Answer(count(written[0]), Files.size(written[0]), result.megabytes());
        });
    return Files.readAllLines(written[0]);
  }

  /** A report as JSON, by as many calls as it takes. */
  String report(String name, Period period) throws Exception {
    String[] text = new String[1];
    measure.ask(
        name,
        () -> {
          Map<String, Object> body = new LinkedHashMap<>();
          body.put("since", period.since().toString());
          body.put("until", period.until().toString());
          body.put("format", "json");
          try (SignedClient auditor = stack.caller(stack.people().auditor())) {
            HttpResponse<String> answer = auditor.post("/audit/report", Json.write(body));
            while (answer.statusCode() == 202) {
              Object cursor = Records.object(answer.body()).get("cursor");
              body.put("cursor", Objects.requireNonNull(cursor));
              answer = auditor.post("/audit/report", Json.write(body));
            }
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            text[0] = answer.body();
          }
          return new Measure.Answer(1, text[0].length(), 0);
        });
    return text[0];
  }

  /** What the script prints. */
  String text(String name, String... arguments) throws Exception {
    Script.Result[] result = new Script.Result[1];
    measure.ask(
        name,
        () -> {
          result[0] = run(true, arguments);
          assertThat(result[0].exit()).as(result[0].err()).isZero();
          return new Measure.Answer(1, Files.size(result[0].out()), result[0].megabytes());
        });
    return result[0].text();
  }

  private static long count(Path file) throws Exception {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.count();
    }
  }

  Script.Result run(boolean asAuditor, String... arguments) throws Exception {
    Keys.Key key = asAuditor ? stack.people().auditor() : stack.people().administrator();
    return script.run(key, arguments);
  }
}
