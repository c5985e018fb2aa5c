package vended.telemetry;

import java.util.Locale;

/** The metrics: a closed set, as the alarms and the dashboard name them. */
public enum Metric {
  /** Vends that issued credentials. */
  GRANTED("Count"),
  /** Vends that were refused; also by reason. */
  DENIED("Count"),
  /** Vends that failed; also by reason. */
  FAILED("Count"),
  /** Probes that found a role safe. */
  PROBE_PASSED("Count"),
  /** Probes that did not. */
  PROBE_NOT_PASSED("Count"),
  /** Audit records that could not be stored. */
  AUDIT_FAILED("Count"),
  /** Rows of the allow-list that can't be trusted. */
  CORRUPT_ROW("Count"),
  /** Suspensions that clients made themselves. */
  SUSPENDED_BY_CLIENT("Count"),
  /** Requests for the client's view by somebody who is not a client. */
  NOT_A_CLIENT("Count"),
  /** Roles that are no longer safe, or may be unsafe. */
  ROLE_DRIFTED("Count"),
  /** New roles that a probe found safe, activated or waiting for an administrator. */
  ROLE_READY("Count"),
  /** Roles that no client has created in the time that the schedule waits. */
  ROLE_OVERDUE("Count"),
  /** Clients that refuse the vendor, where most of them do and so no role was marked. */
  MASS_REFUSAL("Count"),
  /** Vends and changes that started some minutes ago and never ended. */
  OPEN_INTENTS("Count"),
  /** Hours since the schedule has probed all roles. */
  REPROBE_AGE("None"),
  /** What reconciling found; also by kind. */
  FINDING("Count"),
  /** How long a call took, by hop. */
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

  /** The unit in CloudWatch. */
  String unit() {
    return unit;
  }
}
