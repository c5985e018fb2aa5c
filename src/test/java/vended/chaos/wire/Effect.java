package vended.chaos.wire;

import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;

/** What becomes of one request. Where it lands, the other side does its work. */
public sealed interface Effect {
  /** Nothing happens to it. */
  record Pass() implements Effect {}

  /** Something is done at a moment of it. */
  record Doing(Moment moment, Runnable action) implements Effect {}

  /** When something is done. */
  enum Moment {
    /** Before it lands; it never does. */
    BEFORE,
    /** When it has landed; no response arrives. */
    DURING,
    /** When the response has been sent. */
    AFTER
  }

  /** Another response arrives. */
  record Instead(Message response, boolean lands) implements Effect {}

  /** It lands, and its response arrives changed. */
  record Changed(UnaryOperator<Message> change) implements Effect {}

  /** The connection ends without a response: by a reset, or in order. */
  record End(boolean lands, boolean reset) implements Effect {}

  /** It lands; the connection ends within the response's head, or before its last byte. */
  record Cut(boolean withinHead) implements Effect {}

  /** All connections end, and no new one is accepted until {@link ChaosProxy#accept}. */
  record Refuse() implements Effect {}

  /** It lands, at once or not before the release. No response arrives. */
  record Hold(CountDownLatch release, boolean landsAtOnce) implements Effect {}

  /** It lands, and its response arrives byte by byte, so slowly that nobody waits for its end. */
  record Drip(CountDownLatch release) implements Effect {}

  /** It lands twice; the response is the first one or the second one. */
  record Twice(boolean second) implements Effect {}
}
