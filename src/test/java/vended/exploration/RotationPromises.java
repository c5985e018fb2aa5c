package vended.exploration;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vended.admin.change.AdminResult;
import vended.admin.verification.RotateExternalId.Rotating;
import vended.allowlist.Client;
import vended.allowlist.ClientRole;
import vended.allowlist.Rotation;
import vended.allowlist.Row;
import vended.allowlist.Stored;
import vended.allowlist.TableModel;
import vended.audit.AuditRecord.Kind;
import vended.audit.ProbeRecord;
import vended.exploration.Situation.Seat;
import vended.exploration.World.Event;
import vended.exploration.World.Trust;
import vended.text.Sha256;
import vended.vending.VendResult;

/** What must hold while a client's ExternalId is rotated, and once the client is removed. */
final class RotationPromises {
  static final List<Promise> ALL =
      Stream.concat(
              Promises.ALL.stream(),
              Stream.<Promise>of(
                  RotationPromises::aVendUsesTheClientsExternalId,
                  RotationPromises::aVendMakesOneCallOfSts,
                  RotationPromises::whatIsVerifiedWasFoundWithThisExternalId,
                  RotationPromises::noSwitchWithoutNewEvidence,
                  RotationPromises::noEndWhileThePreviousOneIsAccepted,
                  RotationPromises::everyExternalIdStaysReserved,
                  RotationPromises::aRotationIsOfItsClient,
                  RotationPromises::anAnswerShowsOneStateOfTheRotation,
                  RotationPromises::aClientWithGrantsIsNotRemoved))
          .toList();

  private RotationPromises() {}

  /** Where there are no faults and the client accepts what it is asked to, nobody is refused. */
  static @Nullable String everyVendIsGranted(Scenario scenario, Situation situation) {
    for (Seat seat : situation.seats()) {
      Object result = People.result(seat);
      if (result instanceof VendResult && !(result instanceof VendResult.Granted)) {
        return "a vend came to " + result;
      }
    }
    return null;
  }

  /**
   * The ExternalId is the one that the client had when the vend started, or since. If STS refused
   * it, the client has refused it in that time.
   */
  static @Nullable String aVendUsesTheClientsExternalId(Scenario scenario, Situation situation) {
    List<Event> events = situation.world().events();
    for (int i = 0; i < events.size(); i++) {
      boolean refused = events.get(i).what().startsWith("refuse ");
      if (!refused && !events.get(i).what().startsWith("issue ")) {
        continue;
      }
      int began = situation.seats().get(scenario.seat(events.get(i).who())).events();
      String used = events.get(i).word(2);
      if (!inForce(scenario, events, began, i).contains(used)) {
        return events.get(i).who() + " used an ExternalId that is not the client's";
      }
      if (refused
          && trusts(scenario, events, began, i).stream().allMatch(trust -> trust.accepts(used))) {
        return events.get(i).who() + " was refused, although the client accepts the ExternalId";
      }
    }
    return null;
  }

  static @Nullable String aVendMakesOneCallOfSts(Scenario scenario, Situation situation) {
    Set<String> vends = new HashSet<>();
    for (Event event : situation.world().events()) {
      boolean ofSts = event.what().startsWith("refuse ") || event.what().startsWith("issue ");
      if (ofSts && !vends.add(Promises.vendOf(event))) {
        return "a vend called STS twice";
      }
    }
    return null;
  }

  /** The ExternalIds that vends used while these events happened. */
  private static Set<String> inForce(Scenario scenario, List<Event> events, int from, int to) {
    Client start = Rotations.client(scenario.start());
    Set<String> found = new HashSet<>();
    found.add(start == null ? "" : String.valueOf(start.externalId()));
    for (int i = 0; i < to; i++) {
      if (events.get(i).what().startsWith("use ")) {
        if (i < from) {
          found.clear();
        }
        found.add(events.get(i).word(1));
      }
    }
    return found;
  }

  /** The role's trust policies while these events happened. */
  private static List<Trust> trusts(Scenario scenario, List<Event> events, int from, int to) {
    List<Trust> found = new ArrayList<>(List.of(scenario.start().trust()));
    for (int i = 0; i < to; i++) {
      if (events.get(i).what().startsWith("trust ")) {
        if (i < from) {
          found.clear();
        }
        found.add(Trust.valueOf(events.get(i).what().substring("trust ".length())));
      }
    }
    return found;
  }

  /** A role is never active by a probe of another ExternalId. */
  static @Nullable String whatIsVerifiedWasFoundWithThisExternalId(
      Scenario scenario, Situation situation) {
    Client client = Rotations.client(situation.world());
    Client start = Rotations.client(scenario.start());
    ClientRole role = client == null ? null : client.roles().get(People.ROLE);
    if (client == null || start == null || role == null || role.verified() == null) {
      return null;
    }
    String now = Sha256.sha256(String.valueOf(client.externalId()));
    boolean shown =
        situation.world().audit().get(role.probeId() + "/" + Kind.PROBE)
                instanceof ProbeRecord found
            ? found.passedWithOther(now)
                || (found.result().passed() && now.equals(found.target().externalIdSha256()))
            : Objects.equals(client.externalId(), start.externalId());
    return shown ? null : "the role is verified by a probe of another ExternalId";
  }

  /**
   * The probe by which a switch leaves the role verified was the newest when the switch was asked
   * for, and the client accepted the other ExternalId since that probe began.
   */
  static @Nullable String noSwitchWithoutNewEvidence(Scenario scenario, Situation situation) {
    List<Event> events = situation.world().events();
    for (int i = 0; i < events.size(); i++) {
      if (!events.get(i).what().startsWith("use ") || events.get(i).what().endsWith(" -")) {
        continue;
      }
      String used = events.get(i).word(1);
      String by = events.get(i).word(2);
      int probed = startOf(by, events);
      if (probed < 0
          || trusts(scenario, events, probed, i).stream().noneMatch(t -> t.accepts(used))) {
        return events.get(i).who() + " switched to what the client did not accept";
      }
      int began = situation.seats().get(scenario.seat(events.get(i).who())).events();
      for (Event event : events.subList(0, Math.min(began, i))) {
        if (event.what().startsWith("probe ") && event.what().compareTo("probe " + by) > 0) {
          return events.get(i).who() + " switched on stale evidence";
        }
      }
    }
    return null;
  }

  private static int startOf(String probeId, List<Event> events) {
    for (int i = 0; i < events.size(); i++) {
      if (events.get(i).what().equals("probe " + probeId)) {
        return i;
      }
    }
    return -1;
  }

  /** A rotation that was switched ends after a probe found the previous ExternalId refused. */
  static @Nullable String noEndWhileThePreviousOneIsAccepted(
      Scenario scenario, Situation situation) {
    List<Event> events = situation.world().events();
    Client start = Rotations.client(scenario.start());
    Rotation rotation = rotation(scenario.start());
    boolean switched = rotation != null && rotation.switched();
    String now = start == null ? "" : String.valueOf(start.externalId());
    String other = rotation == null ? "" : rotation.externalId();
    for (int i = 0; i < events.size(); i++) {
      if (events.get(i).what().startsWith("use ")) {
        other = now;
        now = events.get(i).word(1);
        switched = !switched;
      } else if (events.get(i).what().startsWith("rotation start")) {
        switched = false;
      } else if (events.get(i).what().equals("rotation end")
          && switched
          && !wasRefused(scenario, situation, now, other, i)) {
        return events.get(i).who() + " ended a rotation while the previous one works";
      }
    }
    return null;
  }

  private static boolean wasRefused(
      Scenario scenario, Situation situation, String now, String previous, int until) {
    List<Event> events = situation.world().events();
    return situation.world().audit().values().stream()
        .filter(ProbeRecord.class::isInstance)
        .map(ProbeRecord.class::cast)
        .filter(probe -> Sha256.sha256(now).equals(probe.target().externalIdSha256()))
        .filter(probe -> probe.refusesOther(Sha256.sha256(previous)))
        .map(probe -> startOf(probe.vendId().value(), events))
        .anyMatch(
            began ->
                began >= 0
                    && began < until
                    && trusts(scenario, events, began, until).stream()
                        .anyMatch(trust -> !trust.accepts(previous)));
  }

  private static @Nullable Rotation rotation(World world) {
    return Tables.rotation(world, People.CLIENT)
            instanceof Row.Found<Stored<Rotation>>(Stored<Rotation> rotation)
        ? rotation.value()
        : null;
  }

  /** What a client ever had, or was about to have, is reserved for its account. */
  static @Nullable String everyExternalIdStaysReserved(Scenario scenario, Situation situation) {
    Map<String, Object> rows = situation.world().rows();
    Set<String> known = new HashSet<>();
    for (World world : List.of(scenario.start(), situation.world())) {
      Client client = Rotations.client(world);
      Rotation rotation = rotation(world);
      known.add(client == null ? "" : String.valueOf(client.externalId()));
      known.add(rotation == null ? "" : rotation.externalId());
    }
    for (Event event : situation.world().events()) {
      String what = event.what();
      if (what.startsWith("use ") || what.startsWith("rotation start ")) {
        known.add(event.word(what.startsWith("use ") ? 1 : 2));
      }
    }
    known.remove("");
    return known.stream().allMatch(id -> People.CLIENT.equals(rows.get(TableModel.externalId(id))))
        ? null
        : "an ExternalId that the client had is not reserved for it";
  }

  static @Nullable String aRotationIsOfItsClient(Scenario scenario, Situation situation) {
    Rotation rotation = rotation(situation.world());
    Client client = Rotations.client(situation.world());
    if (rotation == null) {
      return null;
    }
    return client == null || rotation.externalId().equals(client.externalId())
        ? "a rotation has no client, or only one ExternalId"
        : null;
  }

  /** Else the client would be told to give up what vends use. */
  static @Nullable String anAnswerShowsOneStateOfTheRotation(
      Scenario scenario, Situation situation) {
    for (Seat seat : situation.seats()) {
      if (People.result(seat) instanceof AdminResult.Done<?>(Rotating(var client, var rotation), _)
          && rotation != null
          && rotation.value().externalId().equals(client.value().externalId())) {
        return "an answer has one ExternalId for both";
      }
    }
    return null;
  }

  /** A grant that was there all the time keeps its client, unless the index does not show it. */
  static @Nullable String aClientWithGrantsIsNotRemoved(Scenario scenario, Situation situation) {
    List<Event> events = situation.world().events();
    for (int i = 0; i < events.size(); i++) {
      if (events.get(i).what().equals("remove client")) {
        int began = situation.seats().get(scenario.seat(events.get(i).who())).events();
        boolean granted = Tables.hasGrant(scenario.start());
        for (int j = 0; j < i; j++) {
          String what = events.get(j).what();
          boolean puts = what.startsWith("put grant") && j < began;
          granted = !what.equals("remove grant") && (granted || puts);
        }
        if (granted && !scenario.start().lagging()) {
          return events.get(i).who() + " removed a client of which somebody has a grant";
        }
      }
    }
    return null;
  }
}
