package vended.chaos;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.chaos.Deed.Kind;
import vended.chaos.wire.Strike;
import vended.local.Items;

/** Whether an answer is true: to the rows, and to what the same request gets without a fault. */
final class Truth {
  private static final List<String> TESTS =
      List.of("withExternalId", "withoutExternalId", "withWrongExternalId", "withOtherExternalId");

  private final Deed deed;
  private final Result clean;
  private final Result result;
  private final List<Strike> strikes;
  private final List<String> broken = new ArrayList<>();

  private Truth(Deed deed, Result clean, Result result, List<Strike> strikes) {
    this.deed = deed;
    this.clean = clean;
    this.result = result;
    this.strikes = List.copyOf(strikes);
  }

  /**
   * What is untrue; empty if nothing is.
   *
   * @param clean what came of the same request without a fault
   * @param strikes what went wrong
   */
  static List<String> broken(Deed deed, Result clean, Result result, List<Strike> strikes) {
    Truth truth = new Truth(deed, clean, result, strikes);
    truth.check();
    return truth.broken;
  }

  private void expect(boolean holds, String otherwise) {
    if (!holds) {
      broken.add(otherwise + ": " + result.plainAnswer());
    }
  }

  private void check() {
    switch (deed.kind()) {
      case VEND -> vend();
      case PROBE -> probe();
      case CHANGE -> change();
      case APPLY, PLAN -> apply();
      case READ -> read();
      case STEP -> step();
      case WATCH -> watch();
    }
  }

  private void sameOrUnavailable() {
    if (result.status() == 503) {
      unavailable();
    } else {
      expect(result.plainAnswer().equals(clean.plainAnswer()), "another answer");
    }
  }

  private void unavailable() {
    expect(List.of("unavailable", "unsure").contains(result.text("code")), "a 503 of another kind");
    expect(
        result
            .text("retryable")
            .equals(result.text("code").equals("unavailable") ? "true" : "false"),
        "whether to try again");
  }

  private void vend() {
    if (result.status() == 502 && has("AssumeRole")) {
      expect(result.text("code").startsWith("sts_"), "a failure without its reason");
    } else {
      sameOrUnavailable();
    }
    String recorded = outcome();
    expect(
        switch (result.status()) {
          case 200 -> recorded.equals("granted");
          case 400, 403 -> recorded.equals("denied");
          case 502 -> recorded.equals("failed");
          // The record may be there, and its answer was lost.
          default -> true;
        },
        "the audit says " + recorded);
    expect(
        result.status() != 503 || result.told("AuditFailed") + result.told("Failed") > 0,
        "unavailable, and nothing was counted");
    expect(allOfOneVend(), "records of several vends");
  }

  private String outcome() {
    List<Map<String, AttributeValue>> outcomes = result.records("outcome");
    return outcomes.isEmpty() ? "nothing" : Items.text(outcomes.getFirst(), "outcome");
  }

  private boolean allOfOneVend() {
    return result.records().stream()
            .map(row -> Items.text(row, "pk"))
            .filter(pk -> !pk.startsWith("probes#"))
            .distinct()
            .count()
        <= 1;
  }

  private void probe() {
    if (result.status() != 200) {
      sameOrUnavailable();
      return;
    }
    List<Map<String, AttributeValue>> rows = result.records("probe");
    if (rows.size() != 1) {
      expect(false, "the audit has not one result");
      return;
    }
    Map<String, AttributeValue> row = rows.getFirst();
    Map<String, AttributeValue> wanted = clean.records("probe").getFirst();
    for (String test : TESTS.stream().filter(wanted::containsKey).toList()) {
      String found = Items.text(row, test);
      expect(found.equals("unclear") || found.equals(Items.text(wanted, test)), test);
      expect(List.of("", found).contains(result.text(test)), test + " in the audit: " + found);
    }
    boolean passed = Items.value(row, "passed").bool();
    expect(!passed || Items.value(wanted, "passed").bool(), "an unsafe role passed");
    expect(result.text("passed").equals(String.valueOf(passed)), "the audit has another result");
  }

  private boolean has(String operation) {
    return strikes.stream().anyMatch(strike -> strike.where().operation().equals(operation));
  }

  /** A role is not vended if nobody knows whether its probe is the newest. */
  private boolean isInDoubt() {
    return has("Query")
        && result.after().values().stream().noneMatch(row -> row.toString().contains("verifiedAt"));
  }

  /** Without the clients' rows, grants are listed without their names. */
  private void read() {
    boolean named = result.answer().body().contains("clientName");
    if (named || result.status() == 503 || !has("BatchGetItem")) {
      sameOrUnavailable();
    } else {
      String unnamed = clean.plainAnswer().replaceAll("\"clientName\":\"[^\"]*\",", "");
      expect(result.plainAnswer().equals(unnamed), "another answer");
    }
  }

  private void step() {
    if (!isInDoubt() || !result.text("settled").equals("outdated")) {
      sameOrUnavailable();
    }
  }

  private void change() {
    if (result.text("code").equals("probe_too_old") && isInDoubt()) {
      return;
    }
    // Lists of grants that a change affects may be cut short.
    if (has("Query") && "true".equals(result.text("moreGrants"))) {
      expect(result.status() == 200, "affected grants without a change");
    } else {
      sameOrUnavailable();
    }
    if (result.text("code").equals("unavailable")) {
      expect(result.after().equals(result.before()), "nothing was changed, it says");
    }
    if (result.status() == 200) {
      expect(result.plainRows().equals(clean.plainRows()), "the rows are others");
    }
  }

  private void apply() {
    expect(result.status() == 200, "not a list of results");
    Map<String, Map<?, ?>> lines = lines(result);
    lines(clean).forEach((key, wanted) -> line(key, wanted, lines.get(key)));
  }

  private void line(String key, Map<?, ?> wanted, @Nullable Map<?, ?> line) {
    boolean changed = !Objects.equals(result.before().get(key), result.after().get(key));
    String action = line == null ? "missing" : String.valueOf(line.get("action"));
    boolean unsure = line != null && "unsure".equals(line.get("code"));
    expect(
        switch (action) {
          case "missing" -> !changed;
          case "failed" -> unsure || !changed;
          default -> changed == (deed.kind() == Kind.APPLY) && action.equals(wanted.get("action"));
        },
        "the result of " + key);
  }

  /** The results of lines, by the keys of their rows. */
  private static Map<String, Map<?, ?>> lines(Result result) {
    Map<String, Map<?, ?>> lines = new HashMap<>();
    if (result.member("results") instanceof List<?> list) {
      for (Object each : list) {
        Map<?, ?> line = (Map<?, ?>) each;
        lines.put("caller#%s role#%s".formatted(line.get("caller"), line.get("roleArn")), line);
      }
    }
    return lines;
  }

  private void watch() {
    long told = result.told("OpenIntents");
    expect(told == (result.status() == 200 ? 1 : 0), "counted so often: " + told);
    expect(result.status() == 200 || result.status() == 503, "another status");
    for (Result.Told one : result.metrics()) {
      expect(
          !one.metric().equals("OpenIntents") || one.value().equals(1L),
          "open intents: " + one.value());
    }
    expect(
        result.told("ReprobeAge") == (result.status() == 200 ? 1 : 0), "the age of the last run");
  }
}
