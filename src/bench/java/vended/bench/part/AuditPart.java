package vended.bench.part;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.audit.dynamo.Generator;
import vended.bench.result.Section;
import vended.json.Json;
import vended.local.LocalStack;

/** A page of the audit, in a table that grows: what it costs must not grow with it. */
public final class AuditPart implements Part {
  private static final String HANDLER = "vended.api.audit.AuditHandler::handleRequest";
  private static final Instant END = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration OVER = Duration.ofDays(90);

  @Override
  public String name() {
    return "audit";
  }

  @Override
  public Section run(Bench bench) throws Exception {
    Section section = OnStack.columns(new Section(name(), "A page of 100 records of the audit"));
    try (LocalStack stack = QuietStack.start();
        OnStack functions = new OnStack(bench, stack, HANDLER, "audit", "C1")) {
      int most = bench.records().stream().mapToInt(Integer::intValue).max().orElse(0);
      List<Map<String, AttributeValue>> rows = Generator.rows(100, most, END, OVER);
      int written = 0;
      for (int records : bench.records()) {
        Bench.say("audit: " + records + " records");
        Generator.write(
            stack.tables().client(), stack.auditTable(), rows.subList(written, records));
        written = records;
        ask(section, functions, "a caller's", records, Map.of("caller", Generator.caller(0)));
        Instant since = END.minus(Duration.ofDays(1));
        ask(section, functions, "a day's", records, Map.of("since", since.toString()));
      }
    }
    Bench.overBaseline(section, "p50", "p50_baseline");
    return section;
  }

  private static void ask(
      Section section, OnStack functions, String what, int records, Map<String, String> selection)
      throws Exception {
    functions.ask(
        section,
        event(selection),
        subject -> String.format(Locale.ROOT, "%s, %s, of %,d", subject, what, records));
  }

  /** The event of a route, made of one of another. */
  private static String event(Map<String, String> selection) throws Exception {
    Map<String, Object> body = new LinkedHashMap<>(selection);
    body.putIfAbsent("since", END.minus(OVER).toString());
    body.put("until", END.toString());
    body.put("kind", "all");
    body.put("limit", 100);
    return Files.readString(Path.of("events/roles.json"), UTF_8)
        .replace("\"/roles\"", "\"/audit/query\"")
        .replace("/v1/roles", "/v1/audit/query")
        .replace("\"body\": \"{}\"", "\"body\": " + Json.text(Json.write(body)));
  }
}
