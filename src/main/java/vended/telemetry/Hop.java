package vended.telemetry;

import java.util.Locale;

/** What a request calls: the dimension of {@link Metric#LATENCY}. */
public enum Hop {
  /** A read of clients and grants. */
  ALLOW_LIST,
  /** A record that is stored. */
  AUDIT,
  /** AssumeRole, all attempts of the SDK together. */
  STS;

  /** The value in metrics. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
