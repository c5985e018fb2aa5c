package vended.exploration;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import vended.audit.AuditRecord;

/**
 * What all requests share.
 *
 * @param rows the allow-list's table by key
 * @param listed the table as its indexes show it
 * @param lagging whether the indexes show nothing of what happens from here on
 * @param audit the records by ID and kind
 * @param trust the client role's trust policy
 * @param events what happened in the table and at STS, in order, for the promises: a word and the
 *     name of the request, such as {@code suspend:Alice}
 */
record World(
    Map<String, Object> rows,
    Map<String, Object> listed,
    boolean lagging,
    Map<String, AuditRecord> audit,
    Trust trust,
    List<Event> events) {

  /** Whom the client role admits. */
  enum Trust {
    /** Only the vendor with the client's ExternalId. */
    SAFE,
    /** Also with the next one of a rotation. */
    BOTH,
    /** Only with the next one. */
    NEXT,
    /** The vendor with any ExternalId, and without one. */
    OPEN,
    /** Nobody. */
    CLOSED;

    /** Whether the vendor gets in with this ExternalId; null for none. */
    boolean accepts(@Nullable String externalId) {
      return switch (this) {
        case SAFE -> People.EXTERNAL_ID.equals(externalId);
        case BOTH -> People.EXTERNAL_ID.equals(externalId) || People.NEXT.equals(externalId);
        case NEXT -> People.NEXT.equals(externalId);
        case OPEN -> true;
        case CLOSED -> false;
      };
    }
  }

  /**
   * Something that a promise is about.
   *
   * @param write whether it is a change of the allow-list
   */
  record Event(String what, String who, boolean write) {
    /** One of the words that say what; the first is 0. */
    String word(int index) {
      return what.split(" ", -1)[index];
    }
  }

  World {
    rows = Map.copyOf(rows);
    listed = Map.copyOf(listed);
    audit = Map.copyOf(audit);
    events = List.copyOf(events);
  }

  static final World EMPTY = new World(Map.of(), Map.of(), false, Map.of(), Trust.SAFE, List.of());

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof World world
            && events.equals(world.events)
            && trust == world.trust
            && rows.equals(world.rows)
            && listed.equals(world.listed)
            && audit.equals(world.audit));
  }

  /** Cheap: whatever changes a row is an event, too. */
  @Override
  public int hashCode() {
    return 31 * (31 * events.hashCode() + audit.keySet().hashCode()) + trust.hashCode();
  }

  @Nullable Object row(String key) {
    return rows.get(key);
  }

  /** With rows changed. */
  World with(UnaryOperator<Map<String, Object>> change) {
    Map<String, Object> next = change.apply(new HashMap<>(rows));
    return new World(next, lagging ? listed : next, lagging, audit, trust, events);
  }

  World with(AuditRecord added) {
    Map<String, AuditRecord> next = new HashMap<>(audit);
    next.put(key(added), added);
    return new World(rows, listed, lagging, next, trust, events);
  }

  World with(Trust next) {
    return new World(rows, listed, lagging, audit, next, events);
  }

  World with(Event event) {
    List<Event> next = new ArrayList<>(events);
    next.add(event);
    return new World(rows, listed, lagging, audit, trust, next);
  }

  /** The same world with indexes that lag. */
  World withLaggingIndexes() {
    return new World(rows, listed, true, audit, trust, events);
  }

  static String key(AuditRecord added) {
    return added.vendId() + "/" + added.kind();
  }
}
