package vended.chaos;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.chaos.Deed.Kind;
import vended.local.Items;
import vended.text.Sha256;

/** What must hold after every request, whatever went wrong. */
final class Promises {
  private static final Map<String, String> OUTCOMES =
      Map.of("granted", "Granted", "denied", "Denied", "failed", "Failed");
  private static final Set<String> COUNTED =
      Set.of("Granted", "Denied", "Failed", "ProbePassed", "ProbeNotPassed");

  /** Tells a client's own suspension from its row. */
  private static final String OWN = "own ";

  private final Deed deed;
  private final Result result;
  private final List<String> broken = new ArrayList<>();

  private Promises(Deed deed, Result result) {
    this.deed = deed;
    this.result = result;
  }

  /** What is broken; empty if all hold. */
  static List<String> broken(Deed deed, Result result) {
    Promises promises = new Promises(deed, result);
    promises.broken.addAll(result.alarms());
    promises.noCredentialsWithoutBothRecords();
    promises.noChangeWithoutItsRecord();
    promises.metricsAreThoseOfTheRecords();
    promises.driftIsTold();
    promises.aClientsSuspensionIsTold();
    promises.everyExternalIdStaysReserved();
    return promises.broken;
  }

  private void expect(boolean holds, String otherwise) {
    if (!holds) {
      broken.add(otherwise);
    }
  }

  private void noCredentialsWithoutBothRecords() {
    if (!result.answer().body().contains("ASIA")
        && !result.answer().body().contains("SecretAccessKey")) {
      return;
    }
    String vendId = result.text("VendId");
    expect(deed.kind() == Kind.VEND && result.status() == 200, "credentials left by another door");
    expect(result.hasRecord(vendId, "intent"), "credentials without an intent");
    expect(
        result.records("outcome").stream()
            .anyMatch(
                row ->
                    Items.text(row, "pk").equals(vendId)
                        && Items.text(row, "outcome").equals("granted")
                        && Items.text(row, "accessKeyId").equals(result.text("AccessKeyId"))),
        "credentials without their outcome");
  }

  private void noChangeWithoutItsRecord() {
    Set<String> keys = new HashSet<>(result.before().keySet());
    keys.addAll(result.after().keySet());
    for (String key : keys) {
      subject(key).forEach(subject -> compare(key, subject));
    }
  }

  /**
   * What the audit calls a row of a client, a client's own suspension, a grant or the switch; none
   * of other rows.
   */
  private static List<String> subject(String key) {
    String[] parts = key.split(" ", 2);
    if (parts[1].equals("client")) {
      return List.of(parts[0].replace("account#", ""));
    }
    if (parts[1].equals("suspension")) {
      return List.of(parts[0].replace("mine#", OWN));
    }
    if (parts[1].startsWith("role#")) {
      return List.of(parts[0].replace("caller#", "") + " " + parts[1].replace("role#", ""));
    }
    return parts[1].equals("switch") ? List.of("vending") : List.of();
  }

  private void compare(String key, String subject) {
    long changes = changes(result.before().get(key), result.after().get(key));
    long intents = about("admin", subject).size();
    long made = outcomes(subject, "made");
    long denied = outcomes(subject, "denied");
    expect(changes <= intents, key + " was changed without a record");
    expect(
        changes == 0 || changes <= intents - denied, key + " was changed, and recorded as denied");
    expect(made <= changes, key + " was recorded as changed, and was not");
    expect(
        result.status() != 200 || deed.kind() == Kind.APPLY || made == changes,
        key + " was changed, the answer says so, and its outcome is not recorded");
  }

  private static long changes(
      @Nullable Map<String, AttributeValue> before, @Nullable Map<String, AttributeValue> after) {
    if (before == null || after == null) {
      return before == null && after == null ? 0 : 1;
    }
    return before.equals(after)
        ? 0
        : Long.parseLong(Items.text(after, "version"))
            - Long.parseLong(Items.text(before, "version"));
  }

  private List<Map<String, AttributeValue>> about(String kind, String subject) {
    return result.records(kind).stream()
        .filter(row -> row.containsKey("target"))
        .filter(
            row -> {
              String target =
                  (Items.text(row, "action").equals("mine/suspend") ? OWN : "")
                      + Items.text(row, "target");
              return subject.equals(
                  target.startsWith("arn:") ? target + " " + Items.text(row, "roleArn") : target);
            })
        .toList();
  }

  private long outcomes(String subject, String outcome) {
    return about("admin-outcome", subject).stream()
        .filter(row -> Items.text(row, "outcome").equals(outcome))
        .count();
  }

  private void metricsAreThoseOfTheRecords() {
    for (Map<String, AttributeValue> row : result.records()) {
      String vendId = Items.text(row, "pk");
      String metric = metric(row);
      if (!metric.isEmpty()) {
        long told = result.told(metric, vendId);
        expect(told <= 1, metric + " was counted twice");
        expect(
            told == 1 || result.told("AuditFailed", vendId) == 1,
            metric + " was not counted, nor that its record failed");
      }
    }
    for (Result.Told told : result.metrics()) {
      expect(
          !COUNTED.contains(told.metric())
              || result.records().stream()
                  .anyMatch(
                      row ->
                          Items.text(row, "pk").equals(told.vendId())
                              && metric(row).equals(told.metric())),
          told.metric() + " was counted without a record");
    }
    expect(
        result.told("AuditFailed") == 0
            || result.status() == 503
            || (deed.kind() == Kind.APPLY && result.answer().body().contains("failed")),
        "a record failed, and the answer does not tell");
  }

  /** The metric that counts a record; empty if none does. */
  private static String metric(Map<String, AttributeValue> row) {
    return switch (Items.text(row, "sk")) {
      case "outcome" -> OUTCOMES.getOrDefault(Items.text(row, "outcome"), "?");
      case "probe" ->
          Boolean.TRUE.equals(Items.value(row, "passed").bool()) ? "ProbePassed" : "ProbeNotPassed";
      default -> "";
    };
  }

  private void driftIsTold() {
    boolean drifted = hasDrift(result.after()) && !hasDrift(result.before());
    expect(!drifted || result.told("RoleDrifted") == 1, "a role drifted, and nobody was told");
  }

  private void aClientsSuspensionIsTold() {
    boolean held = isHeld(result.after()) && !isHeld(result.before());
    expect(
        !held || result.told("SuspendedByClient") == 1,
        "a client suspended itself, and nobody was told");
  }

  /** Also the other one of a rotation, and what a removed client had. */
  private void everyExternalIdStaysReserved() {
    Set<String> after = result.after().keySet();
    expect(
        result.before().keySet().stream()
            .filter(key -> key.startsWith("external-id#"))
            .allMatch(after::contains),
        "an ExternalId is free again");
    for (Map<String, AttributeValue> row : result.after().values()) {
      if (Items.text(row, "sk").equals("rotation")) {
        String other = Sha256.sha256(Items.text(row, "externalId"));
        expect(
            after.contains("external-id#" + other + " external-id"),
            "the rotation's ExternalId is not reserved");
        expect(after.contains(Items.text(row, "pk") + " client"), "a rotation has no client");
      }
    }
  }

  private static boolean isHeld(Map<String, Map<String, AttributeValue>> rows) {
    return rows.entrySet().stream()
        .filter(row -> row.getKey().startsWith("mine#"))
        .anyMatch(row -> Boolean.TRUE.equals(Items.value(row.getValue(), "suspended").bool()));
  }

  private static boolean hasDrift(Map<String, Map<String, AttributeValue>> rows) {
    return rows.values().stream().anyMatch(row -> row.toString().contains("drift"));
  }
}
