package vended.audit.reconcile;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import vended.json.JsonObject;

/** Reads members of JSON from elsewhere: a member of another type counts as missing. */
final class ForeignJson {
  private ForeignJson() {}

  /** An object, which some tools write as JSON text; empty if there is none. */
  static Map<?, ?> object(Map<?, ?> members, String name) {
    return switch (members.get(name)) {
      case Map<?, ?> object -> object;
      case String text
          when JsonObject.readForeign(text) instanceof JsonObject.Read(JsonObject read) ->
          read.members();
      case null, default -> Map.of();
    };
  }

  /** A text; null if it is missing or empty. */
  static @Nullable String text(Map<?, ?> members, String name) {
    return members.get(name) instanceof String text && !text.isEmpty() ? text : null;
  }
}
