package vended.api;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import vended.audit.VendId;
import vended.json.JsonError;
import vended.json.JsonObject;

/**
 * A request's body: valid, or refused with all of its errors.
 *
 * @param <T> what a valid body is read as
 */
public sealed interface Body<T> {
  /** The largest body of most routes, in bytes of UTF-8. */
  int MAX_BYTES = 8 * 1024;

  /** A valid body. */
  record Valid<T>(T request) implements Body<T> {}

  /**
   * A refused body.
   *
   * @param limit the largest allowed size in bytes if the body is too large; else 0
   */
  record Invalid<T>(int limit, List<JsonError> errors) implements Body<T> {
    public Invalid {
      errors = List.copyOf(errors);
    }

    public static <T> Invalid<T> of(List<JsonError> errors) {
      return new Invalid<>(0, errors);
    }

    /** With one error, of one member. */
    public static <T> Invalid<T> of(String name, String detail) {
      return of(List.of(new JsonError("/" + name, detail)));
    }

    private static <T> Invalid<T> tooLarge(int limit) {
      return new Invalid<>(limit, List.of());
    }

    private static <T> Invalid<T> of(String detail) {
      return of(List.of(new JsonError("", detail)));
    }
  }

  /**
   * Answers with what {@code use} makes of a valid body, or with the errors of an invalid one.
   *
   * @throws E if {@code use} does
   */
  default <E extends Exception> Response answer(VendId vendId, Use<T, E> use) throws E {
    return switch (this) {
      case Valid<T>(T request) -> use.of(request);
      case Invalid<T> invalid -> Responses.invalid(vendId, invalid);
    };
  }

  /**
   * What a route does with a valid body.
   *
   * @param <T> what the body is read as
   * @param <E> how it can fail
   */
  interface Use<T, E extends Exception> {
    Response of(T request) throws E;
  }

  /** Reads a valid body further; an invalid one keeps its errors. */
  default <R> Body<R> then(Function<T, Body<R>> read) {
    return switch (this) {
      case Valid<T>(T request) -> read.apply(request);
      case Invalid<T>(int limit, List<JsonError> errors) -> new Invalid<>(limit, errors);
    };
  }

  /**
   * Reads a body: checks its size first, then its encoding, then its form.
   *
   * @param most its largest size, in bytes of UTF-8
   */
  static Body<JsonObject> read(
      APIGatewayProxyRequestEvent event, int most, Function<String, JsonObject.Reading> reader) {
    String body = event.getBody();
    if (body == null || body.isBlank()) {
      return Invalid.of("must be one JSON object");
    }
    boolean encoded = Boolean.TRUE.equals(event.getIsBase64Encoded());
    if (body.length() > (encoded ? most * 4 / 3 + 4 : most)) {
      return Invalid.tooLarge(most);
    }
    String text;
    try {
      text = encoded ? decode(body) : body;
      if (StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text)).limit() > most) {
        return Invalid.tooLarge(most);
      }
    } catch (CharacterCodingException | IllegalArgumentException e) {
      return Invalid.of("must be UTF-8");
    }
    return switch (reader.apply(text)) {
      case JsonObject.Read(JsonObject object) -> new Valid<>(object);
      case JsonObject.Unreadable(JsonError error) -> Invalid.of(List.of(error));
    };
  }

  private static String decode(String body) throws CharacterCodingException {
    return StandardCharsets.UTF_8
        .newDecoder()
        .decode(ByteBuffer.wrap(Base64.getDecoder().decode(body)))
        .toString();
  }
}
