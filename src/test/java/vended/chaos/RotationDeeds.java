package vended.chaos;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import vended.chaos.Deed.Kind;
import vended.local.AcceptedIds;

/** What is asked for to rotate a client's ExternalId, and to remove a client. */
final class RotationDeeds {
  private static final Pattern NEXT = Pattern.compile("\"nextExternalId\":\"(\\w{32})\"");
  private static final Pattern CALLER = Pattern.compile("\"caller\":\"([^\"]+)\"");

  private RotationDeeds() {}

  static List<Deed> all() {
    return List.of(
        step("start a rotation", "start", stand -> ""),
        step("start a rotation that is started", "start", RotationDeeds::started),
        step("switch a rotation", "switch", RotationDeeds::accepted),
        step("switch a rotation that the client does not accept", "switch", RotationDeeds::refused),
        step("switch a rotation that is switched", "switch", RotationDeeds::switched),
        step("take a rotation back", "back", RotationDeeds::switchedAndProbed),
        step("finish a rotation", "finish", RotationDeeds::givenUp),
        step("finish a rotation too early", "finish", RotationDeeds::switchedAndProbed),
        step("cancel a rotation", "cancel", RotationDeeds::started),
        new Deed(
            "vend during a rotation",
            Kind.VEND,
            RotationDeeds::switched,
            (stand, known) -> VendDeeds.vend(stand, "")),
        new Deed(
            "probe during a rotation",
            Kind.PROBE,
            RotationDeeds::accepted,
            (stand, known) -> VendDeeds.probe(stand)),
        new Deed(
            "settle a role that is opened during a rotation",
            Kind.STEP,
            RotationDeeds::opened,
            (stand, known) -> stand.settle("{\"probeId\":\"%s\"}".formatted(known))),
        removal("remove a client", RotationDeeds::withoutGrants),
        removal("remove a client during its rotation", RotationDeeds::rotatingWithoutGrants),
        removal("remove a client that has grants", stand -> ""));
  }

  private static Deed step(String name, String step, Deed.Arrange arrange) {
    return new Deed(name, Kind.CHANGE, arrange, (stand, known) -> rotate(stand, step));
  }

  private static Deed removal(String name, Deed.Arrange arrange) {
    return new Deed(
        name,
        Kind.CHANGE,
        arrange,
        (stand, known) -> AdminDeeds.post(stand, "/clients/remove", "{'account':'444455556666'}"));
  }

  private static Stand.Answer rotate(Stand stand, String step) throws Exception {
    return AdminDeeds.post(
        stand, "/clients/rotate", "{'account':'444455556666','step':'%s'}".formatted(step));
  }

  private static String started(Stand stand) throws Exception {
    Matcher next = NEXT.matcher(AdminDeeds.done(rotate(stand, "start")));
    if (!next.find()) {
      throw new AssertionError("no rotation");
    }
    return next.group(1);
  }

  private static String refused(Stand stand) throws Exception {
    started(stand);
    return AdminDeeds.probed(stand);
  }

  private static String accepted(Stand stand) throws Exception {
    String next = started(stand);
    AcceptedIds.accept(stand.stack(), stand.stack().demonstration().externalId(), next);
    AdminDeeds.probed(stand);
    return next;
  }

  private static String switched(Stand stand) throws Exception {
    String next = accepted(stand);
    AdminDeeds.done(rotate(stand, "switch"));
    return next;
  }

  private static String switchedAndProbed(Stand stand) throws Exception {
    switched(stand);
    return AdminDeeds.probed(stand);
  }

  private static String givenUp(Stand stand) throws Exception {
    AcceptedIds.accept(stand.stack(), switched(stand));
    return AdminDeeds.probed(stand);
  }

  /** A probe of before the switch that found the role open, with the switch after it. */
  private static String opened(Stand stand) throws Exception {
    accepted(stand);
    VendDeeds.open(stand);
    return AdminDeeds.probed(stand);
  }

  private static String rotatingWithoutGrants(Stand stand) throws Exception {
    started(stand);
    return withoutGrants(stand);
  }

  private static String withoutGrants(Stand stand) throws Exception {
    String grants = AdminDeeds.done(AdminDeeds.post(stand, "/grants/list", "{}"));
    Matcher caller = CALLER.matcher(grants);
    while (caller.find()) {
      AdminDeeds.done(
          AdminDeeds.post(
              stand,
              "/grants/remove",
              "{'caller':'%s','roleArn':'%s'}".formatted(caller.group(1), VendDeeds.role(stand))));
    }
    return "";
  }
}
