package vended.admin.verification;

import static vended.admin.change.Desk.EXTERNAL_ID;
import static vended.admin.change.Desk.ROLE;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vended.admin.change.Desk;
import vended.admin.change.GrantsOfRoles;
import vended.audit.AuditException;
import vended.audit.AuditRecord;
import vended.audit.ProbeIntent;
import vended.audit.ProbeRecord;
import vended.audit.ProbeRecord.Answer;
import vended.audit.ProbeRecord.Other;
import vended.audit.ProbeRecord.Result;
import vended.audit.ProbeRecord.Target;
import vended.audit.ProbeRecords;
import vended.audit.VendId;
import vended.audit.VendRecord;
import vended.identity.RoleArn;
import vended.text.Sha256;

/** Probes of a role in an audit in memory, and the use cases that act on them. */
final class Probing implements ProbeRecords {
  final Desk desk = new Desk();
  private String failing = "";
  private int number;
  private Runnable meanwhile = () -> {};
  private int looks;

  /** The use cases. */
  private ProbedRoles roles() {
    return new ProbedRoles(
        desk.list(), this, desk.changes(), desk.telemetry(), desk.clock(), desk::id);
  }

  ActivateRole activate() {
    return new ActivateRole(roles(), new GrantsOfRoles(desk.list(), desk.clock()));
  }

  SettleProbe settle() {
    ProbedRoles roles = roles();
    GrantsOfRoles grants = new GrantsOfRoles(desk.list(), desk.clock());
    return new SettleProbe(roles, new SettleNewRole(roles, this, grants, desk.clock()));
  }

  /** What STS answered with the client's ExternalId, and to strangers. */
  static Result result(Answer with, Answer strangers) {
    return new Result(with, strangers, strangers, true, false, false, false);
  }

  static final Result PASSED = result(Answer.WORKS, Answer.REFUSED);
  static final Result OPEN = result(Answer.WORKS, Answer.WORKS);
  static final Result REFUSED = result(Answer.REFUSED, Answer.REFUSED);
  static final Result UNCLEAR = result(Answer.UNCLEAR, Answer.REFUSED);

  /** A probe that ended now; each is newer than those before. */
  VendId probed(Result result) {
    return probed(ROLE, result, EXTERNAL_ID, null);
  }

  VendId probed(RoleArn role, Result result, @Nullable String externalId, @Nullable Other other) {
    VendId id = next();
    String sha256 = externalId == null ? null : Sha256.sha256(externalId);
    add(
        new ProbeRecord(
            Desk.trace(id),
            desk.clock().instant(),
            new Target(role, "Example Client", sha256),
            result,
            other));
    return id;
  }

  /** A probe that has started. */
  VendId started() {
    VendId id = next();
    add(new ProbeIntent(Desk.trace(id), desk.clock().instant(), ROLE, VendRecord.Subject.NONE));
    return id;
  }

  private VendId next() {
    return new VendId("01KJ%022d".formatted(++number));
  }

  private void add(AuditRecord added) {
    try {
      desk.log().append(added);
    } catch (AuditException e) {
      throw new AssertionError(e);
    }
  }

  /** Fails each read by a method from now on; of {@code isNewest}, the second of each change. */
  void failing(String method) {
    failing = method;
  }

  /** Lets something happen before the audit is asked again whether a probe is the newest. */
  void meanwhile(Runnable happens) {
    meanwhile = happens;
    looks = 0;
  }

  void pass(Duration time) {
    desk.clock().advance(time);
  }

  private void read(String method) throws AuditException {
    if (failing.equals(method)) {
      throw new AuditException("unavailable on purpose", new IllegalStateException());
    }
  }

  @Override
  public Optional<ProbeRecord> find(VendId probeId) throws AuditException {
    read("find");
    return desk.log().find(probeId);
  }

  @Override
  public Optional<ProbeRecord> newest(RoleArn role) throws AuditException {
    read("newest");
    return desk.log().newest(role);
  }

  @Override
  public boolean foundOpen(RoleArn role) throws AuditException {
    read("foundOpen");
    return desk.log().foundOpen(role);
  }

  @Override
  public boolean isNewest(VendId probeId, RoleArn role) throws AuditException {
    read("isNewest");
    if (++looks == 2) {
      meanwhile.run();
      read("again");
    }
    return desk.log().isNewest(probeId, role);
  }
}
