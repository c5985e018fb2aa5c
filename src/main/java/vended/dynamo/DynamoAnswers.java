package vended.dynamo;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Locale;
import java.util.Optional;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Accepts a success only from DynamoDB itself: with a request ID, DynamoDB's content type, and a
 * JSON object. The SDK would read a proxy's empty 200 as "written" or "no such row".
 *
 * <p>A rejected response is retried like a 500. A retried write that had landed collides with
 * itself, or is recognized by its token.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.LowLevelAPI.html">DynamoDB
 *     low-level API</a>
 */
public final class DynamoAnswers implements ExecutionInterceptor {
  private static final String CONTENT_TYPE = "application/x-amz-json-1.0";

  @Override
  public Optional<InputStream> modifyHttpResponseContent(
      Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
    Optional<InputStream> body = context.responseBody();
    // An error is a failure, whoever sent it.
    if (!context.httpResponse().isSuccessful()) {
      return body;
    }
    PushbackInputStream content =
        new PushbackInputStream(body.orElseGet(InputStream::nullInputStream));
    if (!isFromDynamoDb(context.httpResponse()) || !isObject(content)) {
      close(content);
      throw RetryableException.create("the response is not from DynamoDB");
    }
    return Optional.of(content);
  }

  private static boolean isFromDynamoDb(SdkHttpResponse answer) {
    boolean identified =
        answer.firstMatchingHeader("x-amzn-RequestId").filter(id -> !id.isBlank()).isPresent();
    boolean typed =
        answer
            .firstMatchingHeader("Content-Type")
            .map(type -> type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
            .filter(CONTENT_TYPE::equals)
            .isPresent();
    return identified && typed;
  }

  /** Whether an object starts here. The SDK parses the rest, and fails if it is incomplete. */
  private static boolean isObject(PushbackInputStream content) {
    try {
      int first = content.read();
      if (first >= 0) {
        content.unread(first);
      }
      return first == '{';
    } catch (IOException e) {
      return false;
    }
  }

  private static void close(InputStream content) {
    try {
      content.close();
    } catch (IOException e) {
      // The response is rejected anyway.
    }
  }
}
