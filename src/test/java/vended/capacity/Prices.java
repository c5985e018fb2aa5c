package vended.capacity;

/** List prices in US dollars, of US East (N. Virginia): those of docs/capacity.md. */
final class Prices {
  /** A million requests to a REST API. */
  static final double REQUEST = 3.50;

  /** A million runs of a function. */
  static final double INVOCATION = 0.20;

  /** A million GB-seconds on arm64. */
  static final double GB_SECOND = 13.33;

  /** A million write units, on demand. */
  static final double WRITE_UNIT = 0.625;

  /** A million read units, on demand. */
  static final double READ_UNIT = 0.125;

  /** A GB in a table or an index, for a month. */
  static final double STORED_GB = 0.25;

  /** A GB of a table with point-in-time recovery, for a month. */
  static final double BACKUP_GB = 0.20;

  /** A GB of logs. */
  static final double LOG_GB = 0.50;

  /** The stream of the evidence and its alarms, for a month. */
  static final double EVIDENCE_MONTH = 28.80 + 0.80;

  private Prices() {}
}
