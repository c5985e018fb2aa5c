package vended.access.status;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vended.allowlist.Client;
import vended.allowlist.Grant;
import vended.allowlist.Hold;
import vended.allowlist.Rotation;
import vended.allowlist.Row;
import vended.allowlist.Stored;
import vended.allowlist.Vending;
import vended.identity.RoleArn;
import vended.text.Coded;

/**
 * Something that was found.
 *
 * @param kind what it is
 * @param count how many
 * @param first the first {@value #MAX_ITEMS} of them; none of what only auditors may know
 */
public record Finding(Kind kind, int count, List<Item> first) {
  /** How many items a finding names. */
  public static final int MAX_ITEMS = 100;

  public Finding {
    first = List.copyOf(first.size() <= MAX_ITEMS ? first : first.subList(0, MAX_ITEMS));
  }

  static Finding of(Kind kind, List<? extends Item> all) {
    return new Finding(
        kind, all.size(), List.copyOf(all.subList(0, Math.min(all.size(), MAX_ITEMS))));
  }

  /** What can be found, the most severe first. */
  public enum Kind implements Coded {
    /** All vending is stopped, or nobody can tell because the switch's row is corrupt. */
    VENDING_STOPPED(true),
    /** Rows of the allow-list that can't be read, and so refuse. */
    CORRUPT_ROWS(true),
    /** Vends, probes and changes that never ended. Which ones is for auditors. */
    OPEN_INTENTS(true),
    /** Roles that a probe found no longer safe, of clients that are not suspended. */
    DRIFTED_ROLES(true),
    /** The schedule has not probed all roles for too long. */
    REPROBE_OVERDUE(true),
    /** Roles that no probe has found safe, and that somebody has a grant of. */
    UNVERIFIED_ROLES(true),
    /** New roles that a probe found safe, and that wait for an administrator. */
    ROLES_READY(true),
    /** New roles that no probe has found safe within the time that the schedule waits. */
    ROLES_OVERDUE(true),
    /** Rotations of an ExternalId that began long ago: the old one is still accepted. */
    ROTATIONS_OVERDUE(true),
    /** Grants that end soon, and that nobody has changed shortly before their end. */
    GRANTS_ENDING(true),
    /** What could not be read in the time that there is. */
    NOT_READ(true),
    /** Grants that end soon, as whoever made or changed them not long before must know. */
    SHORT_GRANTS_ENDING(false),
    /** Rotations of an ExternalId that have not ended. */
    ROTATIONS_OPEN(false),
    /** Clients that are suspended, which somebody did on purpose. */
    SUSPENDED_CLIENTS(false),
    /** Clients that have suspended themselves, or whose own suspension can't be read. */
    CLIENTS_SUSPENDED_BY_THEMSELVES(false),
    /** Roles that no probe has found safe and that nobody has a grant of. */
    UNUSED_UNVERIFIED_ROLES(false);

    private final boolean attention;

    Kind(boolean attention) {
      this.attention = attention;
    }

    /** Whether somebody must look into it; otherwise it is good to know. */
    public boolean needsAttention() {
      return attention;
    }
  }

  /** One of the things found. */
  public sealed interface Item {}

  /** The switch of all vending. */
  public record Switch(Row<Stored<Vending>> row) implements Item {}

  /** What is wrong, or was not read. */
  public record Words(String words) implements Item {}

  /**
   * The schedule.
   *
   * @param lastEnded when its last complete run ended; null if none did
   */
  public record Run(@Nullable Instant lastEnded) implements Item {}

  /**
   * A client role.
   *
   * @param probeId the probe that found it unsafe; null if none did
   * @param grants how many grants would be in force but for the role
   */
  public record Role(Client client, RoleArn role, @Nullable String probeId, int grants)
      implements Item {}

  /** A grant that ends. */
  public record Ending(Stored<Grant> grant) implements Item {}

  /** A client that has suspended itself. */
  public record Held(String account, Row<Stored<Hold>> hold) implements Item {}

  /** A client whose ExternalId is being rotated. */
  public record Rotating(String account, Row<Stored<Rotation>> rotation) implements Item {}

  /** A client that is suspended. */
  public record Suspended(Stored<Client> client) implements Item {}
}
