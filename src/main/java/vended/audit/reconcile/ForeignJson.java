package vended.audit.reconcile;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import vended.json.JsonObject;

/** Members of somebody else's JSON: what is not of the form that is looked for is not there. */
final class ForeignJson {
  private ForeignJson() {}

  /** An object, which some tools give as JSON text; empty if there is none. */
  static Map<?, ?> object(Map<?, ?> members, String name) {
    return switch (members.get(name)) {
      case Map<?, ?> object -> object;
      case String text
          when JsonObject.readForeign(text) instanceof JsonObject.Read(JsonObject read) ->
          read.members();
      case null, default -> Map.of();
    };
  }

  /** A text that is not empty; none if there is no such. */
  static @Nullable String text(Map<?, ?> members, String name) {
    return members.get(name) instanceof String text && !text.isEmpty() ? text : null;
  }
}
