package vended.crowd;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request for credentials that was answered.
 *
 * @param body the answer's members
 */
record Call(Seat seat, int status, Map<String, @Nullable Object> body) {
  boolean granted() {
    return status == 200;
  }

  /** A member of the answer; empty if it has none. */
  String text(String name) {
    Object value = body.get(name);
    return value instanceof String text ? text : "";
  }

  /** The ID by which the audit knows it. */
  String vendId() {
    return text(granted() ? "VendId" : "vendId");
  }

  @Override
  public String toString() {
    return "%s: %d %s %s".formatted(seat, status, vendId(), text("code"));
  }
}
