package vended.probe;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import vended.audit.ProbeRecord.Answer;
import vended.audit.Reason;
import vended.sts.AssumeRole;
import vended.sts.IssuedCredentials;
import vended.sts.RoleAssumer;

/** Tries the ways into a client role until the results are clear or the time is up. */
final class TrustTrial {
  /** The most that one call of STS takes, all attempts together. */
  static final Duration CALL = Duration.ofSeconds(4);

  /** The function's 15 s leave room for two pauses and the calls between them. */
  static final Duration PAUSE = Duration.ofMillis(2500);

  private static final int ROUNDS = 3;

  private final RoleAssumer roleAssumer;
  private final Pause pause;
  private final Clock clock;
  private final RandomGenerator random;

  TrustTrial(RoleAssumer roleAssumer, Pause pause, Clock clock, RandomGenerator random) {
    this.roleAssumer = roleAssumer;
    this.pause = pause;
    this.clock = clock;
    this.random = random;
  }

  /** The vendor's own way in: the attempt, and what it was made with. */
  record Entry(Attempt attempt, OptionalActions allowed) {}

  /**
   * Tries a role.
   *
   * @param calls the calls of the probe
   * @param end when the last call must have ended
   */
  TrustResult of(ProbeCalls calls, Instant end) {
    Entry entry = entry(calls, end);
    Entry other = calls.otherExternalId() == null ? null : other(calls, entry, end);
    if (entry.attempt().is(Answer.UNCLEAR)) {
      return new TrustResult(
          entry.attempt(), Attempt.NO_TIME, Attempt.NO_TIME, OptionalActions.NOTHING, other);
    }
    // Where only the other one works, what it allows is what strangers are tried with.
    OptionalActions allowed =
        other != null && !entry.attempt().is(Answer.WORKS) ? other.allowed() : entry.allowed();
    Attempt none = stranger(calls, null, allowed, end);
    Attempt wrong = wrong(calls, calls.externalId(), allowed, end);
    if (other != null && wrong.is(Answer.REFUSED)) {
      wrong = wrong(calls, calls.otherExternalId(), allowed, end);
    }
    return new TrustResult(entry.attempt(), none, wrong, entry.allowed(), other);
  }

  private Attempt wrong(
      ProbeCalls calls, @Nullable String right, OptionalActions allowed, Instant end) {
    return stranger(calls, ProbeCalls.wrongExternalId(right, random), allowed, end);
  }

  /** Not tried if STS is in no state to answer: then nothing is known of the other one, either. */
  private Entry other(ProbeCalls calls, Entry entry, Instant end) {
    return entry.attempt().is(Answer.UNCLEAR)
        ? new Entry(Attempt.NO_TIME, OptionalActions.NOTHING)
        : round(calls, calls.otherExternalId(), end);
  }

  /** A new role or trust policy refuses for some seconds, so a refusal is tried again. */
  private Entry entry(ProbeCalls calls, Instant end) {
    Entry entry = round(calls, calls.externalId(), end);
    for (int rounds = 1; rounds < ROUNDS; rounds++) {
      if (!entry.attempt().is(Answer.REFUSED) || !isTimeFor(PAUSE.plus(CALL), end)) {
        break;
      }
      pause.pause(PAUSE);
      Entry next = round(calls, calls.externalId(), end);
      // A refusal stays clear if there was no time to try again.
      entry = next.attempt().equals(Attempt.NO_TIME) ? entry : next;
    }
    return entry;
  }

  private Entry round(ProbeCalls calls, @Nullable String externalId, Instant end) {
    for (OptionalActions allowed : OptionalActions.FROM_MOST) {
      Attempt attempt = attempt(calls.with(externalId, allowed), end);
      if (attempt.is(Answer.WORKS) && !allowed.equals(OptionalActions.ALL)) {
        // The role may have become known to STS just between the two calls.
        Attempt again = attempt(calls.with(externalId, OptionalActions.ALL), end);
        return new Entry(attempt, again.is(Answer.WORKS) ? OptionalActions.ALL : allowed);
      }
      if (!attempt.is(Answer.REFUSED)) {
        return new Entry(attempt, allowed);
      }
    }
    return new Entry(Attempt.REFUSED, OptionalActions.NOTHING);
  }

  /**
   * Tries an ExternalId that must not work: with the optional actions that the trust policy allows,
   * since it may demand them, and without any, since one statement may allow AssumeRole to anybody
   * while another one restricts the rest.
   */
  private Attempt stranger(
      ProbeCalls calls, @Nullable String externalId, OptionalActions allowed, Instant end) {
    Attempt attempt = attempt(calls.with(externalId, allowed), end);
    return attempt.is(Answer.REFUSED) && !allowed.equals(OptionalActions.NOTHING)
        ? attempt(calls.with(externalId, OptionalActions.NOTHING), end)
        : attempt;
  }

  private Attempt attempt(AssumeRole call, Instant end) {
    if (!isTimeFor(CALL, end)) {
      return Attempt.NO_TIME;
    }
    return switch (roleAssumer.assume(call)) {
      case RoleAssumer.NotIssued failure when failure.reason() == Reason.STS_ACCESS_DENIED ->
          Attempt.REFUSED;
      case RoleAssumer.NotIssued failure -> Attempt.unclear(failure.reason());
      case RoleAssumer.Issued(IssuedCredentials dropped) -> {
        Reason fault = dropped.faultAgainst(call, clock.instant());
        yield fault == null ? Attempt.WORKED : Attempt.unclear(fault);
      }
    };
  }

  private boolean isTimeFor(Duration duration, Instant end) {
    return !clock.instant().plus(duration).isAfter(end);
  }
}
