package vended.chaos.wire;

import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One attempt of a call of AWS, as it came to the proxy.
 *
 * @param service {@code DYNAMODB} or {@code STS}, as in the variables with their endpoints
 * @param operation {@code BatchGetItem}, {@code AssumeRole}…
 * @param call what all attempts of one call share
 * @param number 1 for the first attempt
 */
public record Attempt(String service, String operation, String call, int number, String body) {
  private static final Pattern NUMBER = Pattern.compile("attempt=(\\d+)");
  private static final Pattern ACTION = Pattern.compile("(?:^|&)Action=(\\w+)");

  /** Reads the headers that the AWS SDK adds to each request. */
  static Attempt of(String service, Message request) {
    String target = request.header("X-Amz-Target");
    Matcher action = ACTION.matcher(request.body());
    String operation =
        target != null
            ? target.substring(target.indexOf('.') + 1)
            : action.find() ? action.group(1) : "";
    Matcher number =
        NUMBER.matcher(Objects.requireNonNullElse(request.header("amz-sdk-request"), ""));
    if (!number.find()) {
      throw new IllegalStateException("a request without amz-sdk-request: " + operation);
    }
    return new Attempt(
        service,
        operation,
        Objects.requireNonNull(request.header("amz-sdk-invocation-id")),
        Integer.parseInt(number.group(1)),
        request.body());
  }
}
