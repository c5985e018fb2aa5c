package vended.api.schedule;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vended.api.Fields;
import vended.api.StepRefusedException;
import vended.audit.VendId;
import vended.identity.AccountId;
import vended.json.JsonError;
import vended.json.JsonObject;

/** The input of the settling function: {@code {"list": {after?}}} or {@code {"probeId": …}}. */
sealed interface SettleInput {
  /**
   * A page of the roles to probe.
   *
   * @param after the account that the previous page ended with; null for the first page
   */
  record Page(@Nullable String after) implements SettleInput {}

  /** A probe to settle. */
  record Probe(VendId probeId) implements SettleInput {}

  /**
   * Reads an input strictly.
   *
   * @throws StepRefusedException with all errors
   */
  static SettleInput of(JsonObject input) {
    Fields fields = new Fields(input);
    boolean lists = fields.isThere("list");
    if (lists == fields.isThere("probeId")) {
      fields.error("list", "must be given, or else probeId, but not both");
    }
    Map<String, String> list = fields.optionalTextMap("list", "must be {} or {after}");
    String after = list.get("after");
    if (!Set.of("after").containsAll(list.keySet())
        || (after != null && !AccountId.matches(after))) {
      fields.error("list", "must be as in the previous output");
    }
    VendId probeId = fields.optional("probeId", VendId::parse, "must be 26 characters");
    List<JsonError> errors = fields.errors();
    if (!errors.isEmpty()) {
      throw StepHandler.invalid(errors);
    }
    return probeId == null ? new Page(after) : new Probe(probeId);
  }
}
