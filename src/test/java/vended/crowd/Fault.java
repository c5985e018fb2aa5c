package vended.crowd;

import java.util.List;

/** What can happen to a call of DynamoDB or STS. */
enum Fault {
  /** The connection is reset, and the other side is not asked. */
  RESET,
  /** The other side does its work, and the answer is lost. */
  LOST,
  /** The other side does its work, and half of the answer arrives. */
  TRUNCATED,
  /** The other side is not asked and answers a 500. */
  FAILED,
  /** The other side is not asked and throttles. */
  THROTTLED,
  /** Something else on the way answers a success of its own. */
  FOREIGN,
  /** Something else on the way answers a success without a body. */
  EMPTY,
  /** The answer takes a moment longer. */
  SLOW,
  /** DynamoDB leaves all keys of a batch unread. */
  UNPROCESSED;

  /** What can happen to any call. */
  static final List<Fault> OF_ANY =
      List.of(RESET, LOST, TRUNCATED, FAILED, THROTTLED, FOREIGN, EMPTY, SLOW);

  /** What can happen to a read of several rows. */
  static final List<Fault> OF_BATCH =
      List.of(RESET, LOST, TRUNCATED, FAILED, THROTTLED, FOREIGN, EMPTY, SLOW, UNPROCESSED);

  /** Whether the other side does its work. */
  boolean reaches() {
    return this == LOST || this == TRUNCATED || this == SLOW;
  }
}
