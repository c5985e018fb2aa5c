package vended.api.schedule;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vended.admin.verification.RefusalTally;
import vended.admin.verification.Refusals;
import vended.api.Fields;
import vended.api.StepRefusedException;
import vended.audit.VendId;
import vended.identity.AccountId;
import vended.json.JsonError;
import vended.json.JsonObject;

/**
 * The input of the settling function: {@code {"list": {new?, after?}}}, {@code {"probeId": …}},
 * {@code {"refusals": {…}}} as in the previous output, or {@code {"ended": {}}}.
 */
sealed interface SettleInput {
  /** The members, of which an input has one. */
  List<String> MEMBERS = List.of("list", "probeId", "refusals", "ended");

  String PREVIOUS = "must be {}, or as in the previous output";

  /**
   * A page of the roles to probe.
   *
   * @param ofNew whether new roles are listed, or else verified ones
   * @param after the account that the previous page ended with; null for the first page
   */
  record Page(boolean ofNew, @Nullable String after) implements SettleInput {}

  /** A probe to settle. */
  record Probe(VendId probeId) implements SettleInput {}

  /** A step of what becomes of the roles that only refused. */
  record RefusalsStep(Refusals.Step step) implements SettleInput {}

  /** All roles were probed, and all probes settled. */
  record Ended() implements SettleInput {}

  /**
   * Reads an input strictly.
   *
   * @throws StepRefusedException with all errors
   */
  static SettleInput of(JsonObject input) {
    Fields fields = new Fields(input);
    List<String> given = MEMBERS.stream().filter(fields::isThere).toList();
    if (given.size() != 1) {
      fields.error("list", "must be given, or probeId, refusals or ended instead");
    }
    SettleInput read =
        switch (given.isEmpty() ? "" : given.getFirst()) {
          case "probeId" -> probe(fields);
          case "refusals" -> refusals(fields);
          case "ended" -> ended(fields);
          default -> page(fields);
        };
    List<JsonError> errors = fields.errors();
    if (read == null || !errors.isEmpty()) {
      throw StepHandler.invalid(errors);
    }
    return read;
  }

  private static @Nullable SettleInput probe(Fields fields) {
    VendId probeId = fields.optional("probeId", VendId::parse, "must be 26 characters");
    return probeId == null ? null : new Probe(probeId);
  }

  private static SettleInput page(Fields fields) {
    Map<String, String> list = texts(fields, "list", Set.of("new", "after"));
    return new Page(list.containsKey("new"), list.get("after"));
  }

  private static SettleInput ended(Fields fields) {
    texts(fields, "ended", Set.of());
    return new Ended();
  }

  private static SettleInput refusals(Fields fields) {
    Map<String, String> step =
        texts(fields, "refusals", Set.of("marks", "clients", "refusing", "after"));
    RefusalTally tally =
        new RefusalTally(number(fields, step, "clients"), number(fields, step, "refusing"));
    return new RefusalsStep(new Refusals.Step(step.containsKey("marks"), tally, step.get("after")));
  }

  /** The members of a step, as its input has them. */
  static Map<String, String> members(Refusals.Step step) {
    Map<String, String> members = new LinkedHashMap<>();
    if (step.marks()) {
      members.put("marks", "yes");
    }
    members.put("clients", Integer.toString(step.tally().clients()));
    members.put("refusing", Integer.toString(step.tally().refusing()));
    if (step.after() != null) {
      members.put("after", step.after());
    }
    return members;
  }

  private static Map<String, String> texts(Fields fields, String name, Set<String> known) {
    Map<String, String> texts = fields.optionalTextMap(name, PREVIOUS);
    String after = texts.get("after");
    if (!known.containsAll(texts.keySet()) || (after != null && !AccountId.matches(after))) {
      fields.error(name, PREVIOUS);
    }
    return texts;
  }

  private static int number(Fields fields, Map<String, String> step, String name) {
    String number = step.getOrDefault(name, "0");
    if (!number.matches("[0-9]{1,7}")) {
      fields.error("refusals", PREVIOUS);
      return 0;
    }
    return Integer.parseInt(number);
  }
}
