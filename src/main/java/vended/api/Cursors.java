package vended.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.Optional;

/**
 * Cursors of lists: where the previous page ended, in base64url. Anybody can forge one, so readers
 * check the decoded text.
 */
public final class Cursors {
  private Cursors() {}

  public static String encode(String last) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(last.getBytes(UTF_8));
  }

  /** What a cursor holds; nothing if it is not base64url. */
  public static Optional<String> decode(String cursor) {
    try {
      return Optional.of(new String(Base64.getUrlDecoder().decode(cursor), UTF_8));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
