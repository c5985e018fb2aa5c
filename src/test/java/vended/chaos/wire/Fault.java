package vended.chaos.wire;

import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/** What can go wrong with an attempt of a call. */
// The functions have no state.
@SuppressWarnings("ImmutableEnumChecker")
public enum Fault {
  REFUSED((attempt, release) -> new Effect.Refuse()),
  CLOSED_BEFORE_IT_LANDS((attempt, release) -> new Effect.End(false, false)),
  CLOSED_AFTER_IT_LANDED((attempt, release) -> new Effect.End(true, false)),
  RESET_BEFORE_IT_LANDS((attempt, release) -> new Effect.End(false, true)),
  RESET_AFTER_IT_LANDED((attempt, release) -> new Effect.End(true, true)),
  CUT_IN_THE_HEAD((attempt, release) -> new Effect.Cut(true)),
  CUT_IN_THE_BODY((attempt, release) -> new Effect.Cut(false)),
  HALF_A_BODY(
      (attempt, release) ->
          new Effect.Changed(
              answer -> answer.withBody(answer.body().substring(0, answer.body().length() / 2)))),
  EMPTY_BODY((attempt, release) -> new Effect.Changed(answer -> answer.withBody(""))),
  EMPTY_FROM_ELSEWHERE(
      (attempt, release) ->
          new Effect.Instead(Message.response(200, "application/octet-stream", ""), false)),
  OTHER_TYPE(
      Set.of("DYNAMODB"),
      (attempt, release) -> new Effect.Changed(answer -> answer.withType("application/json"))),
  HTML_BEFORE_IT_LANDS((attempt, release) -> new Effect.Instead(Replies.html(200), false)),
  HTML_AFTER_IT_LANDED((attempt, release) -> new Effect.Instead(Replies.html(200), true)),
  GATEWAY_TIMEOUT_AFTER_IT_LANDED(
      (attempt, release) -> new Effect.Instead(Replies.html(504), true)),
  SERVER_ERROR(
      (attempt, release) ->
          new Effect.Instead(
              Replies.error(attempt, 500, "InternalServerError", "InternalFailure"), false)),
  SERVER_ERROR_AFTER_IT_LANDED(
      (attempt, release) ->
          new Effect.Instead(
              Replies.error(attempt, 500, "InternalServerError", "InternalFailure"), true)),
  THROTTLED(
      (attempt, release) ->
          new Effect.Instead(
              Replies.error(attempt, 400, "ProvisionedThroughputExceededException", "Throttling"),
              false)),
  DENIED(
      Set.of("DYNAMODB"),
      (attempt, release) ->
          new Effect.Instead(
              Replies.error(attempt, 400, "AccessDeniedException", "AccessDenied"), false)),
  SLOW((attempt, release) -> new Effect.Hold(release, true)),
  LANDS_AFTER_THE_END((attempt, release) -> new Effect.Hold(release, false)),
  DRIPS((attempt, release) -> new Effect.Drip(release)),
  LANDS_TWICE((attempt, release) -> new Effect.Twice(false)),
  LANDS_TWICE_AND_THE_SECOND_ANSWERS((attempt, release) -> new Effect.Twice(true)),
  NOTHING_PROCESSED(
      Set.of("BatchGetItem"),
      (attempt, release) -> new Effect.Instead(Replies.allUnprocessed(attempt), false)),
  ONE_KEY_UNPROCESSED(
      Set.of("BatchGetItem"),
      (attempt, release) -> new Effect.Changed(answer -> Replies.oneUnprocessed(attempt, answer))),
  TAKEN(
      Set.of("ExecuteStatement"),
      (attempt, release) ->
          new Effect.Instead(Replies.dynamoError("DuplicateItemException"), false)),
  TRANSACTION_CONFLICT(
      Set.of("TransactWriteItems", "ExecuteTransaction"),
      (attempt, release) ->
          new Effect.Instead(Replies.canceled("TransactionConflict", "None"), false)),
  TRANSACTION_THROTTLED(
      Set.of("TransactWriteItems", "ExecuteTransaction"),
      (attempt, release) -> new Effect.Instead(Replies.canceled("None", "ThrottlingError"), false)),
  TRANSACTION_IN_PROGRESS(
      Set.of("TransactWriteItems", "ExecuteTransaction"),
      (attempt, release) ->
          new Effect.Instead(Replies.dynamoError("TransactionInProgressException"), false)),
  CANCELED_WITHOUT_REASONS(
      Set.of("TransactWriteItems", "ExecuteTransaction"),
      (attempt, release) -> new Effect.Instead(Replies.canceled(), false)),
  CANCELED_WITHOUT_CODES(
      Set.of("TransactWriteItems", "ExecuteTransaction"),
      (attempt, release) -> new Effect.Instead(Replies.canceledWithoutCodes(), false));

  /** Those that nobody notices before a time limit. */
  private static final Set<Fault> WAITED_FOR = Set.of(SLOW, LANDS_AFTER_THE_END, DRIPS);

  /** Those that differ from another one only in whether a write was made. */
  private static final Set<Fault> OF_WRITES =
      Set.of(
          CLOSED_AFTER_IT_LANDED,
          RESET_AFTER_IT_LANDED,
          HTML_AFTER_IT_LANDED,
          GATEWAY_TIMEOUT_AFTER_IT_LANDED,
          SERVER_ERROR_AFTER_IT_LANDED,
          LANDS_AFTER_THE_END,
          LANDS_TWICE,
          LANDS_TWICE_AND_THE_SECOND_ANSWERS);

  /** One of each kind, for a retry whose first attempt failed in another way. */
  private static final Set<Fault> OF_SECOND =
      Set.of(
          RESET_AFTER_IT_LANDED,
          CUT_IN_THE_BODY,
          HTML_AFTER_IT_LANDED,
          THROTTLED,
          SLOW,
          LANDS_TWICE_AND_THE_SECOND_ANSWERS);

  private final Predicate<Boundary> where;
  private final BiFunction<Attempt, CountDownLatch, Effect> effect;

  Fault(BiFunction<Attempt, CountDownLatch, Effect> effect) {
    this.where = boundary -> true;
    this.effect = effect;
  }

  Fault(Set<String> where, BiFunction<Attempt, CountDownLatch, Effect> effect) {
    this.where =
        boundary -> where.contains(boundary.service()) || where.contains(boundary.operation());
    this.effect = effect;
  }

  /** Whether it can happen there. */
  public boolean isAt(Boundary boundary) {
    return where.test(boundary) && !(boundary.isRead() && OF_WRITES.contains(this));
  }

  /** Whether it can happen to such attempts: no attempt gets through where nothing listens. */
  public boolean isOf(Strike.Tries tries) {
    return switch (tries) {
      case FIRST -> this != REFUSED;
      case SECOND -> OF_SECOND.contains(this);
      case ALL -> true;
    };
  }

  /** Whether only the end of a time limit shows it. */
  public boolean isWaitedFor() {
    return WAITED_FOR.contains(this);
  }

  /**
   * What it does to an attempt.
   *
   * @param release when the request that is tested has its answer
   */
  Effect on(Attempt attempt, CountDownLatch release) {
    return effect.apply(attempt, release);
  }
}
