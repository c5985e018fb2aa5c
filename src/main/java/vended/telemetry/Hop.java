package vended.telemetry;

import java.util.Locale;

/** What a request calls on its way. */
public enum Hop {
  /** A read of clients and grants. */
  ALLOW_LIST,
  /** A record that is added. */
  AUDIT,
  /** AssumeRole, all tries of the SDK together. */
  STS;

  /** The word as metrics have it. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
