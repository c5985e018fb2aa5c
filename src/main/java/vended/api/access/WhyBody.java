package vended.api.access;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import vended.api.Body;
import vended.api.RequestFields;
import vended.api.RequestFields.Asked;
import vended.audit.VendId;
import vended.identity.CallerArn;
import vended.identity.RoleArn;
import vended.json.JsonObject;

/** What {@code /access/why} is asked: about a record, or about a caller and a role. */
sealed interface WhyBody {
  /** About the records of an ID. */
  record OfVend(VendId vendId) implements WhyBody {}

  /** About what would be decided now. */
  record OfPair(CallerArn caller, RoleArn role) implements WhyBody {}

  /** {@code {vendId, format?}} or {@code {caller, roleArn, format?}}. */
  static Body<Asked<WhyBody>> read(JsonObject object) {
    RequestFields fields = new RequestFields(object);
    VendId vendId =
        fields.optional(
            "vendId", VendId::parse, "must be a vend's ID, 26 digits and capital letters");
    CallerArn caller = fields.optionalCaller();
    RoleArn role = fields.optionalRole();
    boolean ofPair = fields.isThere("caller") || fields.isThere("roleArn");
    if (fields.isThere("vendId") == ofPair) {
      fields.error("vendId", "is what to ask for, or caller and roleArn: one of the two");
    } else if (ofPair && fields.isThere("caller") != fields.isThere("roleArn")) {
      fields.error(
          fields.isThere("caller") ? "roleArn" : "caller",
          "is missing: a pair is caller and roleArn");
    }
    return fields.asked(() -> question(vendId, caller, role));
  }

  private static WhyBody question(
      @Nullable VendId vendId, @Nullable CallerArn caller, @Nullable RoleArn role) {
    if (vendId != null) {
      return new OfVend(vendId);
    }
    if (caller == null || role == null) {
      throw new IllegalStateException("a body without a question has errors");
    }
    return new OfPair(caller, role);
  }

  /** For the log. */
  default Map<String, ?> asked() {
    return switch (this) {
      case OfVend(VendId vendId) -> Map.of("of", vendId.value());
      case OfPair(CallerArn caller, RoleArn role) ->
          Map.of("of", caller.value(), "roleArn", role.value());
    };
  }
}
