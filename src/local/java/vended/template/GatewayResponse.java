package vended.template;

import java.util.Map;

/**
 * How the gateway itself refuses.
 *
 * @param body with {@code $context} variables, for {@link #body(Map)}
 */
public record GatewayResponse(String type, int status, Map<String, String> headers, String body) {

  public GatewayResponse {
    headers = Map.copyOf(headers);
  }

  /** The body with its variables filled in as plain text, which is all that the gateway does. */
  public String body(Map<String, String> context) {
    var text = body;
    for (var variable : context.entrySet()) {
      text = text.replace("$context." + variable.getKey(), variable.getValue());
    }
    return text;
  }
}
