package vended.volume;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import vended.audit.Reason;
import vended.clock.SettableClock;
import vended.sts.AssumeRole;
import vended.sts.IssuedCredentials;
import vended.sts.RoleAssumer;

/** An STS in memory: it answers what it was told to, and the clock moves on. */
final class FastSts implements RoleAssumer {
  /** Nothing is wrong. */
  static final Next SOUND = new Next(Fault.NONE, Reason.STS_REFUSED);

  private final SettableClock clock;
  private final Map<String, String> externalIds = new HashMap<>();
  private final Set<String> open = new HashSet<>();
  private Next next = SOUND;
  private Duration latency = Duration.ofMillis(80);
  private long issued;
  private String lastKey = "";

  FastSts(SettableClock clock) {
    this.clock = clock;
  }

  /** What is wrong with the next answers. */
  enum Fault {
    NONE,
    REFUSES,
    CUT_OFF,
    WRONG_ROLE,
    INCOMPLETE,
    WRONG_EXPIRY
  }

  /** With the reason of a refusal. */
  record Next(Fault fault, Reason reason) {}

  /** How it answers from now on. */
  void answers(Next how, Duration after) {
    next = how;
    latency = after;
  }

  /** The client's trust policies demand this one. */
  void expect(String account, String externalId) {
    externalIds.put(account, externalId);
  }

  /** Whether a role admits anybody. */
  void open(String role, boolean isOpen) {
    if (isOpen) {
      open.add(role);
    } else {
      open.remove(role);
    }
  }

  /** The access key that was issued last. */
  String lastKey() {
    return lastKey;
  }

  @Override
  public Answer assume(AssumeRole call) {
    clock.advance(latency);
    return switch (next.fault()) {
      case CUT_OFF -> throw new IllegalStateException("cut off on purpose");
      case REFUSES -> new NotIssued(next.reason(), false, "sts-request");
      case NONE, WRONG_ROLE, INCOMPLETE, WRONG_EXPIRY ->
          admits(call)
              ? issue(call)
              : new NotIssued(Reason.STS_ACCESS_DENIED, false, "sts-request");
    };
  }

  private boolean admits(AssumeRole call) {
    return open.contains(call.role().value())
        || (call.externalId() != null
            && call.externalId().equals(externalIds.get(call.role().account())));
  }

  private Issued issue(AssumeRole call) {
    lastKey = "ASIAV" + "%015X".formatted(++issued);
    Instant end = clock.instant().plusSeconds(call.durationSeconds());
    String session = call.sessionName();
    return new Issued(
        new IssuedCredentials(
            lastKey,
            "a secret",
            next.fault() == Fault.INCOMPLETE ? null : "a token",
            next.fault() == Fault.WRONG_EXPIRY ? end.plusSeconds(7200) : end,
            call.role().sessionArn(next.fault() == Fault.WRONG_ROLE ? "of-somebody-else" : session),
            "AROAVOLUMECLIENTROLE:" + session,
            7,
            "sts-request"));
  }
}
