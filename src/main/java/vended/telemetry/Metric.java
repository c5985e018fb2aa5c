package vended.telemetry;

import java.util.Locale;

/** All that is counted or measured: a closed set, as alarms and the dashboard name it. */
public enum Metric {
  /** Vends whose credentials were handed out. */
  GRANTED("Count"),
  /** Vends that were refused; also by reason. */
  DENIED("Count"),
  /** Vends that failed; also by reason. */
  FAILED("Count"),
  /** Probes that found a role safe. */
  PROBE_PASSED("Count"),
  /** Probes that did not. */
  PROBE_NOT_PASSED("Count"),
  /** Records that could not be added. */
  AUDIT_FAILED("Count"),
  /** Rows of the allow-list that can't be trusted. */
  CORRUPT_ROW("Count"),
  /** Roles that are no longer safe, or may be. */
  ROLE_DRIFTED("Count"),
  /** Vends and changes of some minutes that were begun and never ended. */
  OPEN_INTENTS("Count"),
  /** What reconciling found; also by kind. */
  FINDING("Count"),
  /** How long a call took, by what was called. */
  LATENCY("Milliseconds");

  private final String unit;

  Metric(String unit) {
    this.unit = unit;
  }

  /** The name in CloudWatch, for example {@code ProbeNotPassed}. */
  public String code() {
    StringBuilder code = new StringBuilder();
    for (String word : name().split("_", -1)) {
      code.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
    }
    return code.toString();
  }

  /** One of CloudWatch's units. */
  String unit() {
    return unit;
  }
}
