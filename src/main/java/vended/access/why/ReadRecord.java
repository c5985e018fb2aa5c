package vended.access.why;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vended.access.why.Recorded.Kind;
import vended.access.why.Recorded.State;
import vended.audit.AuditTime;
import vended.audit.Reason;
import vended.audit.query.AskAudit;
import vended.audit.query.AuditRow;
import vended.identity.RoleArn;
import vended.text.VisibleText;

/**
 * Reads the rows of one ID. A row can be of another version or written by hand, so nothing of it is
 * passed on that does not have the form it should have.
 */
final class ReadRecord {
  private static final int MAX_NAME = 128;
  private static final Pattern ARN = Pattern.compile("arn:[!-~]{1,636}");
  private static final Pattern UNIQUE_ID = Pattern.compile("[A-Za-z0-9:+=,.@_-]{1,128}");
  private static final Pattern CODE = Pattern.compile("[a-z][a-z0-9_]{0,63}");
  private static final Pattern ACTION = Pattern.compile("[a-z]{1,20}/[a-z]{1,20}");
  private static final Pattern TARGET = Pattern.compile("[!-~]{1,640}");

  /** Refused probes have these reasons, too; but for the last, so have refused vends. */
  private static final Set<String> OF_PROBES =
      Set.of(
          Reason.NO_CLIENT.code(),
          Reason.CORRUPT_CLIENT.code(),
          Reason.NOT_OWN_ACCOUNT.code(),
          Reason.ALLOW_LIST_UNAVAILABLE.code(),
          Reason.ROLE_NOT_KNOWN.code());

  private final AuditRow row;
  private boolean readable = true;

  private ReadRecord(AuditRow row) {
    this.row = row;
  }

  /**
   * What the rows say.
   *
   * @param rows all rows of one ID; empty if it has none
   * @param now a recent intent may still end
   */
  static Optional<Recorded> of(List<AuditRow> rows, Instant now) {
    return first(rows, AuditRow.OUTCOMES)
        .or(() -> first(rows, Set.of(AuditRow.INTENT, AuditRow.ADMIN)))
        .or(() -> rows.stream().findFirst())
        .map(row -> new ReadRecord(row).read(now));
  }

  private static Optional<AuditRow> first(List<AuditRow> rows, Set<String> kinds) {
    return rows.stream().filter(row -> kinds.contains(row.kind())).findFirst();
  }

  private Recorded read(Instant now) {
    Instant at = AuditTime.parse(row.at()).orElse(null);
    Kind kind = kind();
    State state = state(at, now);
    String reason = form("reason", CODE);
    boolean whole = at != null && state != State.UNREADABLE;
    if ((state == State.DENIED || state == State.FAILED) && reason == null) {
      whole = false;
    }
    String caller = form("caller", ARN);
    String callerId = form("callerId", UNIQUE_ID);
    RoleArn role = role();
    String name = row.text("clientName");
    Long seconds = row.attributes().get("durationSeconds") instanceof Long number ? number : null;
    String action = form("action", ACTION);
    String target = form("target", TARGET);
    return new Recorded(
        row.vendId(),
        kind,
        state,
        at,
        reason,
        caller,
        callerId,
        role,
        name == null ? null : shortened(VisibleText.masked(name)),
        seconds,
        action,
        target,
        whole && readable);
  }

  private Kind kind() {
    return switch (row.kind()) {
      case AuditRow.PROBE -> Kind.PROBE;
      case AuditRow.ADMIN, AuditRow.ADMIN_OUTCOME -> Kind.CHANGE;
      case AuditRow.INTENT -> Kind.VEND_OR_PROBE;
      case AuditRow.OUTCOME -> {
        String reason = row.text("reason");
        yield Reason.ROLE_NOT_KNOWN.code().equals(reason)
            ? Kind.PROBE
            : reason != null && OF_PROBES.contains(reason) ? Kind.VEND_OR_PROBE : Kind.VEND;
      }
      default -> Kind.VEND_OR_PROBE;
    };
  }

  private State state(@Nullable Instant at, Instant now) {
    return switch (row.kind()) {
      case AuditRow.INTENT, AuditRow.ADMIN ->
          at != null && at.isAfter(now.minus(AskAudit.OPEN_AFTER)) ? State.RUNNING : State.OPEN;
      case AuditRow.PROBE ->
          switch (row.attributes().get("passed")) {
            case Boolean passed -> passed ? State.PASSED : State.NOT_PASSED;
            case null, default -> State.UNREADABLE;
          };
      case AuditRow.OUTCOME, AuditRow.ADMIN_OUTCOME ->
          switch (row.text("outcome")) {
            case "granted" -> State.GRANTED;
            case "made" -> State.MADE;
            case "denied" -> State.DENIED;
            case "failed" -> State.FAILED;
            case null, default -> State.UNREADABLE;
          };
      default -> State.UNREADABLE;
    };
  }

  private @Nullable String form(String name, Pattern pattern) {
    Object value = row.attributes().get(name);
    if (value == null) {
      return null;
    }
    if (value instanceof String text && pattern.matcher(text).matches()) {
      return text;
    }
    readable = false;
    return null;
  }

  private @Nullable RoleArn role() {
    Object value = row.attributes().get("roleArn");
    RoleArn role = value instanceof String text ? RoleArn.parse(text).orElse(null) : null;
    readable &= role != null || value == null;
    return role;
  }

  private static String shortened(String text) {
    return text.length() <= MAX_NAME ? text : text.substring(0, MAX_NAME - 1) + "…";
  }
}
