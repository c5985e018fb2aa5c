package vended.admin;

import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vended.admin.change.AdminResult;
import vended.admin.change.Refusal;
import vended.allowlist.Grant;
import vended.allowlist.Row;
import vended.allowlist.Stored;
import vended.allowlist.write.AllowListEditor;
import vended.allowlist.write.GrantSlot;
import vended.audit.Trace;
import vended.identity.CallerArn;
import vended.identity.RoleArn;
import vended.json.JsonError;

/**
 * Brings grants to a desired state. Idempotent: a grant that is already as wanted is neither
 * written nor recorded, so a request whose response was lost can be repeated.
 */
public final class ApplyGrants {
  private final AllowListEditor editor;
  private final PutGrant putGrant;
  private final RemoveGrant removeGrant;
  private final Clock clock;

  public ApplyGrants(
      AllowListEditor editor, PutGrant putGrant, RemoveGrant removeGrant, Clock clock) {
    this.editor = editor;
    this.putGrant = putGrant;
    this.removeGrant = removeGrant;
    this.clock = clock;
  }

  /** What happens to a grant. */
  public enum Action {
    /** It is new. */
    CREATE,
    /** It replaces another. */
    CHANGE,
    /** It is already as wanted. */
    KEEP,
    /** It is removed. */
    REMOVE
  }

  /**
   * A step towards the desired state.
   *
   * @param before the current grant; null if there is none
   * @param after the desired grant; null if it is to be removed
   */
  public record Step(Action action, @Nullable Grant before, @Nullable Grant after) {}

  /** What {@link #put} would do, or why it would be refused. Changes nothing. */
  public AdminResult<Step> plan(Grant wanted) {
    return AdminResult.reading(
        () -> {
          AdminResult<Step> planned = step(wanted, editor.grant(wanted.caller(), wanted.role()));
          if (!(planned instanceof AdminResult.Done<Step>(Step step, boolean recorded))
              || step.action() == Action.KEEP) {
            return planned;
          }
          List<JsonError> errors = PutGrant.windowErrors(wanted, clock.instant());
          return errors.isEmpty()
              ? putGrant
                  .refusal(wanted)
                  .<AdminResult<Step>>map(AdminResult.Refused::new)
                  .orElse(planned)
              : new AdminResult.Invalid<>(errors);
        });
  }

  /**
   * Puts the grant, unless it is already as wanted.
   *
   * @param version the version in the plan; null for a new grant
   */
  public AdminResult<Step> put(Trace trace, Grant wanted, @Nullable Long version) {
    return AdminResult.reading(
        () -> {
          GrantSlot slot = editor.slot(wanted.caller(), wanted.role());
          return switch (step(wanted, slot.row())) {
            case AdminResult.Done<Step>(Step step, boolean recorded) ->
                step.action() == Action.KEEP
                    ? new AdminResult.Done<>(step)
                    : putGrant
                        .put(trace, wanted, version, () -> slot)
                        .map(stored -> new Step(step.action(), step.before(), stored.value()));
            // A corrupt row: PutGrant refuses it too, and records that.
            default ->
                putGrant
                    .put(trace, wanted, version, () -> slot)
                    .map(stored -> new Step(Action.CHANGE, null, null));
          };
        });
  }

  /**
   * Removes the grant, if there is one.
   *
   * @param version the version in the plan; null for any
   */
  public AdminResult<Step> remove(
      Trace trace, CallerArn caller, RoleArn role, @Nullable Long version) {
    return AdminResult.reading(
        () ->
            editor.grant(caller, role) instanceof Row.Missing
                ? new AdminResult.Done<>(new Step(Action.KEEP, null, null))
                : removeGrant
                    .remove(trace, caller, role, version)
                    .map(removed -> new Step(Action.REMOVE, removed, null)));
  }

  private static AdminResult<Step> step(Grant wanted, Row<Stored<Grant>> row) {
    return switch (row) {
      case Row.Missing<Stored<Grant>> none ->
          new AdminResult.Done<>(new Step(Action.CREATE, null, wanted));
      case Row.Corrupt<Stored<Grant>> corrupt -> new AdminResult.Refused<>(Refusal.CORRUPT_ROW);
      case Row.Found<Stored<Grant>>(Stored<Grant> stored) -> {
        Grant before = stored.value();
        boolean same = wanted.withVersion(before.version()).equals(before);
        yield new AdminResult.Done<>(
            same ? new Step(Action.KEEP, before, before) : new Step(Action.CHANGE, before, wanted));
      }
    };
  }
}
