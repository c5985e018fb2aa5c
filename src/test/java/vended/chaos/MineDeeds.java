package vended.chaos;

import java.util.List;
import vended.chaos.Deed.Kind;

/** What a client asks for. */
final class MineDeeds {
  private MineDeeds() {}

  static List<Deed> all() {
    return List.of(
        new Deed("look at one's records", Kind.READ, (stand, known) -> post(stand, "audit", "{}")),
        new Deed("look at one's grants", Kind.READ, (stand, known) -> post(stand, "grants", "{}")),
        new Deed(
            "suspend oneself",
            Kind.CHANGE,
            (stand, known) -> post(stand, "suspend", "{\"suspended\":true}")),
        new Deed(
            "resume oneself",
            Kind.CHANGE,
            MineDeeds::suspended,
            (stand, known) -> post(stand, "suspend", "{\"suspended\":false}")),
        new Deed(
            "vend of a client that has suspended itself",
            Kind.VEND,
            MineDeeds::suspended,
            (stand, known) -> VendDeeds.vend(stand, "")));
  }

  private static String suspended(Stand stand) throws Exception {
    return AdminDeeds.done(post(stand, "suspend", "{\"suspended\":true}"));
  }

  private static Stand.Answer post(Stand stand, String route, String body) throws Exception {
    return stand.post(stand.stack().people().client(), "/mine/" + route, body);
  }
}
