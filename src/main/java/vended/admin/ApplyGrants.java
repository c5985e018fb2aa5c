package vended.admin;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vended.admin.change.AdminResult;
import vended.admin.change.Refusal;
import vended.allowlist.AllowListEditor;
import vended.allowlist.AllowListException;
import vended.allowlist.Grant;
import vended.allowlist.Row;
import vended.allowlist.Stored;
import vended.audit.Trace;
import vended.identity.CallerArn;
import vended.identity.RoleArn;
import vended.json.JsonError;

/**
 * Brings grants to what somebody wants of all of them. What is so already is left alone, and leaves
 * no record; so a request whose answer was lost can be sent again.
 */
public final class ApplyGrants {
  private final AllowListEditor editor;
  private final PutGrant putGrant;
  private final RemoveGrant removeGrant;
  private final Clock clock;

  /** Creates it with its dependencies. */
  public ApplyGrants(
      AllowListEditor editor, PutGrant putGrant, RemoveGrant removeGrant, Clock clock) {
    this.editor = editor;
    this.putGrant = putGrant;
    this.removeGrant = removeGrant;
    this.clock = clock;
  }

  /** What becomes of a grant. */
  public enum Action {
    /** There is none yet. */
    CREATE,
    /** There is another. */
    CHANGE,
    /** It is as it is to be. */
    KEEP,
    /** It is to go. */
    REMOVE
  }

  /**
   * A step towards what is wanted.
   *
   * @param before the grant as it is; none where there is none
   * @param after the grant as it is to be; none where there is to be none
   */
  public record Step(Action action, @Nullable Grant before, @Nullable Grant after) {}

  /** Tells what {@link #put} would do, and whether it would be refused. Nothing is changed. */
  public AdminResult<Step> plan(Grant wanted) {
    try {
      Step step = step(wanted);
      if (step.action() == Action.KEEP) {
        return new AdminResult.Done<>(step);
      }
      List<JsonError> errors = PutGrant.windowErrors(wanted, clock.instant());
      Optional<Refusal> refusal = putGrant.refusal(wanted);
      if (!errors.isEmpty()) {
        return new AdminResult.Invalid<>(errors);
      }
      return refusal.isPresent()
          ? new AdminResult.Refused<>(refusal.get())
          : new AdminResult.Done<>(step);
    } catch (CorruptGrant e) {
      return new AdminResult.Refused<>(Refusal.CORRUPT_ROW);
    } catch (AllowListException e) {
      return new AdminResult.Unavailable<>();
    }
  }

  /**
   * Makes the grant be as it is wanted.
   *
   * @param version the version that was planned with; null for a grant that is new
   */
  public AdminResult<Step> put(Trace trace, Grant wanted, @Nullable Long version) {
    try {
      Step step = step(wanted);
      return step.action() == Action.KEEP
          ? new AdminResult.Done<>(step)
          : putGrant
              .put(trace, wanted, version)
              .map(kept -> new Step(step.action(), step.before(), kept.value()));
    } catch (CorruptGrant e) {
      // Refused there too, and recorded.
      return putGrant.put(trace, wanted, version).map(kept -> new Step(Action.CHANGE, null, null));
    } catch (AllowListException e) {
      return new AdminResult.Unavailable<>();
    }
  }

  /**
   * Makes the grant be gone.
   *
   * @param version the version that was planned with; null for whichever it has
   */
  public AdminResult<Step> remove(
      Trace trace, CallerArn caller, RoleArn role, @Nullable Long version) {
    try {
      return editor.grant(caller, role) instanceof Row.Missing<Stored<Grant>>
          ? new AdminResult.Done<>(new Step(Action.KEEP, null, null))
          : removeGrant
              .remove(trace, caller, role, version)
              .map(removed -> new Step(Action.REMOVE, removed, null));
    } catch (AllowListException e) {
      return new AdminResult.Unavailable<>();
    }
  }

  private Step step(Grant wanted) throws AllowListException, CorruptGrant {
    return switch (editor.grant(wanted.caller(), wanted.role())) {
      case Row.Missing<Stored<Grant>> none -> new Step(Action.CREATE, null, wanted);
      case Row.Corrupt<Stored<Grant>> corrupt -> throw new CorruptGrant();
      case Row.Found<Stored<Grant>>(Stored<Grant> kept) -> {
        Grant before = kept.value();
        boolean same = wanted.withVersion(before.version()).equals(before);
        yield same
            ? new Step(Action.KEEP, before, before)
            : new Step(Action.CHANGE, before, wanted);
      }
    };
  }

  /** The row can't be trusted, so nobody can say what a change would change. */
  private static final class CorruptGrant extends Exception {
    private static final long serialVersionUID = 1;
  }
}
