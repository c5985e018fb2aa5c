package vended.telemetry;

import vended.text.Coded;

/** What a request calls: the dimension of {@link Metric#LATENCY}. */
public enum Hop implements Coded {
  /** A read of clients and grants. */
  ALLOW_LIST,
  /** A record that is stored. */
  AUDIT,
  /** AssumeRole, all attempts of the SDK together. */
  STS
}
