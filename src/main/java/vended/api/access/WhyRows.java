package vended.api.access;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vended.access.why.Current;
import vended.allowlist.Client;
import vended.allowlist.ClientRole;
import vended.allowlist.Grant;
import vended.allowlist.Hold;
import vended.allowlist.Row;
import vended.allowlist.Stored;
import vended.allowlist.Vending;
import vended.audit.AuditTime;

/**
 * The rows that decide, a line for each.
 *
 * @param recorded when the explained decision was recorded; null if none was
 */
record WhyRows(Current current, @Nullable Instant recorded) {
  static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

  /** A row that was written by hand can have texts of any length. */
  private static final int MAX_TEXT = 200;

  /** The name of each row, and what is in it. */
  List<List<String>> cells() {
    List<List<String>> cells = new ArrayList<>();
    cells.add(List.of("  vending", vending(current.rows().vending())));
    cells.add(List.of("  grant", grant(current.rows().grant())));
    cells.add(List.of("  client", client(current.rows().client())));
    hold(current.rows().hold()).ifPresent(hold -> cells.add(List.of("  suspension", hold)));
    role().ifPresent(role -> cells.add(List.of("  its role", role)));
    return cells;
  }

  private String vending(Row<Stored<Vending>> row) {
    return switch (row) {
      case Row.Missing<Stored<Vending>> never -> "runs";
      case Row.Corrupt<Stored<Vending>>(String fault) -> corrupt(fault);
      case Row.Found<Stored<Vending>>(Stored<Vending> stored) ->
          (stored.value().stopped() ? "STOPPED" : "runs") + changed(stored);
    };
  }

  private String grant(Row<Stored<Grant>> row) {
    return switch (row) {
      case Row.Missing<Stored<Grant>> none -> "none";
      case Row.Corrupt<Stored<Grant>>(String fault) -> corrupt(fault);
      case Row.Found<Stored<Grant>>(Stored<Grant> stored) -> {
        Grant grant = stored.value();
        List<String> parts = new ArrayList<>();
        parts.add(grant.callerId() == null ? "UNPINNED" : "pinned to " + grant.callerId());
        parts.add("%d seconds at most".formatted(grant.maxDurationSeconds()));
        if (grant.disabled()) {
          parts.add("switched off");
        }
        if (grant.notBefore() != null) {
          parts.add("from " + TIME.format(grant.notBefore()));
        }
        if (grant.expiresAt() != null) {
          parts.add("until " + TIME.format(grant.expiresAt()));
        }
        if (grant.setsPolicy()) {
          parts.add("with a session policy");
        }
        yield String.join(", ", parts) + changed(stored);
      }
    };
  }

  private String client(Row<Stored<Client>> row) {
    return switch (row) {
      case Row.Missing<Stored<Client>> none -> "none";
      case Row.Corrupt<Stored<Client>>(String fault) -> corrupt(fault);
      case Row.Found<Stored<Client>>(Stored<Client> stored) ->
          "%s (%s)%s%s"
              .formatted(
                  shortened(stored.value().name()),
                  stored.value().account(),
                  stored.value().suspended() ? ", SUSPENDED" : "",
                  changed(stored));
    };
  }

  /** Nothing for a client that never suspended itself. */
  private Optional<String> hold(Row<Stored<Hold>> row) {
    return switch (row) {
      case Row.Missing<Stored<Hold>> never -> Optional.empty();
      case Row.Corrupt<Stored<Hold>>(String fault) -> Optional.of(corrupt(fault));
      case Row.Found<Stored<Hold>>(Stored<Hold> stored) ->
          Optional.of(
              (stored.value().suspended() ? "SUSPENDED BY THE CLIENT" : "ended by the client")
                  + changed(stored));
    };
  }

  private Optional<String> role() {
    if (!(current.rows().client() instanceof Row.Found<Stored<Client>>(Stored<Client> stored))) {
      return Optional.empty();
    }
    ClientRole role = stored.value().roles().get(current.role());
    if (role == null) {
      return Optional.of("not one of the client's");
    }
    ClientRole.Verified verified = role.verified();
    return Optional.of(
        verified != null
            ? "verified at " + TIME.format(verified.verifiedAt()) + by(role.probeId())
            : role.drift() != null ? "DRIFTED, found" + by(role.drift()) : "not verified");
  }

  private static String by(@Nullable String probeId) {
    return probeId == null ? "" : " by probe " + shortened(probeId);
  }

  private static String corrupt(String fault) {
    return "CORRUPT: " + shortened(fault) + " (alarm CorruptRow)";
  }

  /** Who last changed a row; and whether that was after the record. */
  private String changed(Stored<?> stored) {
    Instant at = AuditTime.parse(stored.updatedAt()).orElse(null);
    if (at == null) {
      return "";
    }
    boolean since = recorded != null && at.isAfter(recorded);
    String by = stored.updatedBy() == null ? "" : " by " + shortened(stored.updatedBy());
    return "; changed %s%s%s".formatted(since ? "since then, at " : "at ", TIME.format(at), by);
  }

  static String shortened(String text) {
    return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT - 1) + "…";
  }
}
