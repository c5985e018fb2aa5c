package vended.exploration;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vended.admin.change.AdminResult;
import vended.admin.change.Refusal;
import vended.admin.verification.ActivateRole;
import vended.allowlist.Client;
import vended.allowlist.ClientRole;
import vended.allowlist.Hold;
import vended.allowlist.Row;
import vended.allowlist.Stored;
import vended.audit.AuditRecord;
import vended.audit.AuditRecord.Kind;
import vended.audit.ChangeRecord;
import vended.audit.ChangeRecord.ChangeOutcome;
import vended.audit.Outcome;
import vended.audit.VendRecord;
import vended.exploration.People.Answered;
import vended.exploration.Situation.Seat;
import vended.exploration.World.Event;
import vended.vending.VendResult;

/** The promises of the design, each as a check of one situation. */
final class Promises {
  private static final Set<Refusal> OF_PROBES =
      Set.of(Refusal.PROBE_TOO_OLD, Refusal.PROBE_NOT_PASSED);

  static final List<Promise> ALL =
      List.of(
          Promises::noCredentialsWithoutBothRecords,
          Promises::noCallOfStsWithoutAnIntent,
          Promises::nothingIsVendedAfterAnAcknowledgement,
          Promises::everyChangeIsRecordedBefore,
          Promises::everyRecordOfAChangeIsTrue,
          Promises::everyAnswerIsTrue,
          Promises::aResumeUndoesNoLaterStop,
          Promises::onlyTheClientEndsItsOwnSuspension,
          Promises::aPlannedGrantReplacesNoOther,
          Promises::onlyWhatWasAskedForActivatesItself,
          Promises::noOldProbeVerifies,
          Promises::whatAProbeFoundOpenIsNotVended,
          Promises::everyExternalIdIsOfOneClient);

  /** What each of the words that let vending go on ends. */
  private static final Map<String, String> OPPOSITES =
      Map.of("resume", "suspend", "start", "stop", "release", "hold");

  private Promises() {}

  static @Nullable String noCredentialsWithoutBothRecords(Scenario scenario, Situation situation) {
    for (Seat seat : situation.seats()) {
      if (seat.result() instanceof Answered(var id, VendResult.Granted granted)) {
        AuditRecord outcome = situation.world().audit().get(id + "/" + Kind.OUTCOME);
        boolean both =
            situation.world().audit().containsKey(id + "/" + Kind.INTENT)
                && outcome instanceof VendRecord vend
                && vend.result() != null
                && vend.result().outcome() == Outcome.GRANTED;
        if (!both) {
          return "credentials were handed out without both records";
        }
      }
    }
    return null;
  }

  static @Nullable String noCallOfStsWithoutAnIntent(Scenario scenario, Situation situation) {
    for (Event event : situation.world().events()) {
      if (event.what().startsWith("issue ")) {
        String id = vendOf(event);
        if (!situation.world().audit().containsKey(id + "/" + Kind.INTENT)) {
          return "STS issued credentials without an intent on record";
        }
      }
    }
    return null;
  }

  /** Of an event of STS: the vend's ID is in the session's name. */
  static String vendOf(Event event) {
    String session = event.word(1);
    return session.substring(session.indexOf('@') + 1);
  }

  /** What stops vends is acknowledged, and nothing resumed it: a later vend is refused. */
  static @Nullable String nothingIsVendedAfterAnAcknowledgement(
      Scenario scenario, Situation situation) {
    List<Event> events = situation.world().events();
    for (Seat seat : situation.seats()) {
      if (!(People.result(seat) instanceof VendResult.Granted)) {
        continue;
      }
      for (int i = 0; i < situation.seats().size(); i++) {
        boolean acknowledged =
            (seat.ended() & 1L << i) != 0
                && People.result(situation.seats().get(i)) instanceof AdminResult.Done;
        String who = scenario.requests().get(i).name();
        int stopped = acknowledged ? lastStop(events, who) : -1;
        boolean own = stopped >= 0 && events.get(stopped).what().equals("hold");
        if (stopped >= 0
            && events.stream()
                .skip(stopped + 1L)
                .noneMatch(own ? Promises::releases : Promises::letsVend)) {
          return "a vend was granted after " + who + " was told that it is stopped";
        }
      }
    }
    return null;
  }

  private static int lastStop(List<Event> events, String who) {
    for (int i = events.size() - 1; i >= 0; i--) {
      String what = events.get(i).what();
      boolean stops =
          what.equals("suspend")
              || what.equals("hold")
              || what.equals("stop")
              || what.equals("remove grant")
              || what.equals("remove client")
              || what.equals("put client -");
      if (stops && events.get(i).who().equals(who)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean letsVend(Event event) {
    return event.what().equals("resume")
        || event.what().equals("start")
        || event.what().startsWith("put grant")
        || (event.what().startsWith("put client") && !event.what().endsWith("-"));
  }

  /** All that ends a client's own suspension. */
  private static boolean releases(Event event) {
    return event.what().equals("release");
  }

  static long writes(Situation situation, String who) {
    long writes = 0;
    for (Event event : situation.world().events()) {
      writes += event.write() && event.who().equals(who) ? 1 : 0;
    }
    return writes;
  }

  private static List<ChangeRecord> changes(Situation situation, String who) {
    List<ChangeRecord> changes = new ArrayList<>();
    String end = "/" + who;
    situation
        .world()
        .audit()
        .forEach(
            (key, one) -> {
              if (one instanceof ChangeRecord change
                  && String.valueOf(one.trace().requester().caller()).endsWith(end)) {
                changes.add(change);
              }
            });
    return changes;
  }

  static @Nullable String everyChangeIsRecordedBefore(Scenario scenario, Situation situation) {
    for (Request request : scenario.requests()) {
      long intents =
          changes(situation, request.name()).stream()
              .filter(change -> change.kind() == Kind.ADMIN)
              .count();
      if (writes(situation, request.name()) > intents) {
        return request.name() + " changed the allow-list without a record";
      }
    }
    return null;
  }

  static @Nullable String everyRecordOfAChangeIsTrue(Scenario scenario, Situation situation) {
    for (Request request : scenario.requests()) {
      long made = changes(situation, request.name()).stream().filter(Promises::isMade).count();
      if (made > writes(situation, request.name())) {
        return "the audit has a change by " + request.name() + " that was not made";
      }
    }
    return null;
  }

  static @Nullable String everyAnswerIsTrue(Scenario scenario, Situation situation) {
    for (int i = 0; i < situation.seats().size(); i++) {
      Seat seat = situation.seats().get(i);
      String who = scenario.requests().get(i).name();
      // What was started again may have written before.
      if (!(seat.result() instanceof Answered(var id, AdminResult<?> result))
          || seat.crashes() > 0) {
        continue;
      }
      long writes = writes(situation, who);
      boolean isTrue =
          switch (result) {
            case AdminResult.Done<?> done ->
                !done.recorded() || (writes > 0 && isRecordedAsMade(situation, who));
            case AdminResult.Refused<?>(Refusal refusal) ->
                writes == 0 || OF_PROBES.contains(refusal);
            case AdminResult.Unsure<?> unsure -> true;
            default -> writes == 0;
          };
      if (!isTrue) {
        return "%s was told %s, and has made %d changes".formatted(who, result, writes);
      }
    }
    return null;
  }

  private static boolean isMade(ChangeRecord change) {
    ChangeRecord.Result result = change.result();
    return result != null && result.outcome() == ChangeOutcome.MADE;
  }

  private static boolean isRecordedAsMade(Situation situation, String who) {
    return changes(situation, who).stream()
        .anyMatch(
            change -> change.result() != null && change.result().outcome() == ChangeOutcome.MADE);
  }

  /** Only a resume ends a suspension or a stop, and only one that was there when it began. */
  static @Nullable String aResumeUndoesNoLaterStop(Scenario scenario, Situation situation) {
    List<Event> events = situation.world().events();
    for (int i = 0; i < events.size(); i++) {
      String what = events.get(i).what();
      if (!what.equals("resume") && !what.equals("start") && !what.equals("release")) {
        continue;
      }
      String who = events.get(i).who();
      if (!who.startsWith("resumer")) {
        return who + " ended a suspension without being asked to";
      }
      String opposite = OPPOSITES.get(what);
      int began = situation.seats().get(scenario.seat(who)).events();
      for (Event later : events.subList(Math.min(began, i), i)) {
        if (later.what().equals(opposite)) {
          return "%s undid what %s did after the request of %s".formatted(who, later.who(), who);
        }
      }
    }
    return null;
  }

  /** The row says what the client said last, whatever else was written since. */
  static @Nullable String onlyTheClientEndsItsOwnSuspension(
      Scenario scenario, Situation situation) {
    boolean held = false;
    for (Event event : situation.world().events()) {
      boolean own = event.what().equals("hold") || event.what().equals("release");
      if (own && !event.who().startsWith("client") && !event.who().startsWith("resumer-client")) {
        return event.who() + " changed what only the client may";
      }
      held = own ? event.what().equals("hold") : held;
    }
    Row<Hold> row = Tables.hold(situation.world(), People.CLIENT).map(Stored::value);
    return Hold.stands(row) == held ? null : "the client's own suspension is not what it said last";
  }

  static @Nullable String aPlannedGrantReplacesNoOther(Scenario scenario, Situation situation) {
    List<Event> events = situation.world().events();
    Set<String> versions = new HashSet<>();
    for (int i = 0; i < events.size(); i++) {
      if (!events.get(i).what().startsWith("put grant")) {
        continue;
      }
      String who = events.get(i).who();
      if (!versions.add(events.get(i).what())) {
        return "two grants have had one version";
      }
      if (who.startsWith("planner")) {
        int began = situation.seats().get(scenario.seat(who)).events();
        for (Event between : events.subList(Math.min(began, i), i)) {
          if (between.what().contains("grant")) {
            return "%s replaced what %s has done since the plan".formatted(who, between.who());
          }
        }
      }
    }
    return null;
  }

  /** The schedule verifies a new role only on request, which a suspension ends for good. */
  static @Nullable String onlyWhatWasAskedForActivatesItself(
      Scenario scenario, Situation situation) {
    boolean known = verifiedBy(scenario.start()) != null;
    boolean asked = isAskedFor(scenario.start());
    for (Event event : situation.world().events()) {
      boolean verifies =
          event.what().startsWith("put client ") && !event.what().equals("put client -");
      if (verifies && !known && !asked && event.who().startsWith("schedule")) {
        return event.who() + " activated a role for which nobody asks, or does so no longer";
      }
      known |= verifies;
      asked &= !event.what().equals("suspend");
    }
    return null;
  }

  private static boolean isAskedFor(World start) {
    ClientRole role =
        Tables.client(start, People.CLIENT)
                instanceof Row.Found<Stored<Client>>(Stored<Client> client)
            ? client.value().roles().get(People.ROLE)
            : null;
    ClientRole.Awaited awaited = role == null ? null : role.awaited();
    return awaited != null && awaited.activation() != null;
  }

  /**
   * Once the request that verified a role has been answered, no probe that started before the row
   * was written can be newer than the one that verified it.
   */
  static @Nullable String noOldProbeVerifies(Scenario scenario, Situation situation) {
    String by = verifiedBy(situation.world());
    List<Event> events = situation.world().events();
    // Who renames or resumes a client writes again what was known before.
    int written =
        by == null || by.equals(verifiedBy(scenario.start())) ? -1 : lastVerification(events, by);
    if (written < 0 || !isAnswered(scenario, situation, events.get(written).who())) {
      return null;
    }
    for (Event event : events.subList(0, written)) {
      if (event.what().startsWith("probe ") && event.what().compareTo("probe " + by) > 0) {
        return "the role is verified by a probe that was not the newest";
      }
    }
    return null;
  }

  /** Once somebody has acted on a probe that found the role open, no older probe verifies it. */
  static @Nullable String whatAProbeFoundOpenIsNotVended(Scenario scenario, Situation situation) {
    String by = verifiedBy(situation.world());
    List<Event> events = situation.world().events();
    for (Event event : by == null ? List.<Event>of() : events) {
      if (event.what().startsWith("open ")
          && event.what().compareTo("open " + by) > 0
          && isLastOf(event.who(), event.what().substring("open ".length()), events)
          && hasActed(situation.seats().get(scenario.seat(event.who())))) {
        return "the role is verified, although a newer probe found it open";
      }
    }
    return null;
  }

  /** Whoever was started again after a crash acts on its own next probe, not on the lost one. */
  private static boolean isLastOf(String who, String probeId, List<Event> events) {
    return events.stream()
        .filter(event -> event.who().equals(who) && event.what().startsWith("probe "))
        .noneMatch(event -> event.what().compareTo("probe " + probeId) > 0);
  }

  private static boolean hasActed(Seat seat) {
    return switch (People.result(seat)) {
      case AdminResult.Done<?> done -> true;
      case AdminResult.Refused<?>(Refusal refusal) -> refusal == Refusal.PROBE_NOT_PASSED;
      case null, default -> false;
    };
  }

  private static @Nullable String verifiedBy(World world) {
    ClientRole role =
        Tables.client(world, People.CLIENT)
                instanceof Row.Found<Stored<Client>>(Stored<Client> client)
            ? client.value().roles().get(People.ROLE)
            : null;
    return role == null || role.verified() == null ? null : role.probeId();
  }

  private static int lastVerification(List<Event> events, String probeId) {
    for (int i = events.size() - 1; i >= 0; i--) {
      if (events.get(i).what().equals("put client " + probeId)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isAnswered(Scenario scenario, Situation situation, String who) {
    Object result = People.result(situation.seats().get(scenario.seat(who)));
    return result instanceof AdminResult.Done<?>(var value, boolean recorded)
        && (value instanceof ActivateRole.Activated || recorded);
  }

  static @Nullable String everyExternalIdIsOfOneClient(Scenario scenario, Situation situation) {
    Set<String> known = new HashSet<>();
    for (Object row : situation.world().rows().values()) {
      if (row instanceof Stored<?>(Client client, var a, var b, var c, var d)
          && client.externalId() != null
          && !known.add(client.externalId())) {
        return "two clients have one ExternalId";
      }
    }
    return null;
  }
}
