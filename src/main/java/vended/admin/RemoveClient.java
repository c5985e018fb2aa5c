package vended.admin;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import vended.admin.change.AdminResult;
import vended.admin.change.AuditedChanges;
import vended.admin.change.ChangeSubjects;
import vended.admin.change.Draft;
import vended.admin.change.Refusal;
import vended.allowlist.AllowListException;
import vended.allowlist.Client;
import vended.allowlist.Row;
import vended.allowlist.read.AllowListEntries;
import vended.allowlist.read.AllowListEntries.Keys;
import vended.allowlist.read.AllowListEntries.Selection;
import vended.allowlist.read.AllowListPages.GrantKey;
import vended.allowlist.write.AllowListEditor;
import vended.allowlist.write.Change;
import vended.audit.ChangeRecord.Subject;
import vended.audit.Trace;

/**
 * Removes a client that nobody has a grant of. The ExternalId stays reserved for good, so nobody
 * can be given one that an old trust policy still accepts.
 */
public final class RemoveClient {
  private static final String ACTION = "clients/remove";

  /** How many keys of grants one read looks at. */
  private static final int PAGE = 1_000;

  /** How long grants are looked for, so that the function has time for the change. */
  private static final Duration TIME = Duration.ofSeconds(12);

  private final AllowListEditor editor;
  private final AllowListEntries entries;
  private final AuditedChanges changes;
  private final Clock clock;

  public RemoveClient(
      AllowListEditor editor, AllowListEntries entries, AuditedChanges changes, Clock clock) {
    this.editor = editor;
    this.entries = entries;
    this.changes = changes;
    this.clock = clock;
  }

  /**
   * Removes the client. Without a version, it wins against concurrent changes.
   *
   * @param account twelve digits
   * @param version the version to remove; null for any
   * @return done with the removed client
   */
  public AdminResult<Client> remove(Trace trace, String account, @Nullable Long version) {
    return changes.insist(trace, () -> draft(account, version));
  }

  private Draft<Client> draft(String account, @Nullable Long version) throws AllowListException {
    return Refusal.orUse(
        editor.client(account),
        Refusal.NO_CLIENT,
        refusal -> new Draft.Refused<>(ChangeSubjects.client(ACTION, account, null, null), refusal),
        stored -> {
          Client before = stored.value();
          Subject subject = ChangeSubjects.client(ACTION, account, before, null);
          if (version != null && version != before.version()) {
            return new Draft.Stale<>(subject, before.version());
          }
          return hasGrants(account)
              ? new Draft.Refused<>(subject, Refusal.GRANTS_LEFT)
              : new Draft.Ready<>(subject, new Change.RemoveClient(stored), before);
        });
  }

  /** A grant that is made after this look lets nobody in, and lists show it as dangling. */
  private boolean hasGrants(String account) throws AllowListException {
    Instant end = clock.instant().plus(TIME);
    GrantKey after = null;
    do {
      if (!clock.instant().isBefore(end)) {
        throw new AllowListException("there was no time to look at all grants", null);
      }
      Keys page = entries.keys(new Selection.OfAccount(account), after, PAGE);
      for (GrantKey key : page.keys()) {
        // The list may still have a grant that was removed a moment ago.
        if (!(editor.grant(key.caller(), key.role()) instanceof Row.Missing)) {
          return true;
        }
      }
      after = page.last();
    } while (after != null);
    return false;
  }
}
