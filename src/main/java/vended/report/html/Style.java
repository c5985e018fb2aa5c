package vended.report.html;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * A document's style sheet, and the policy that allows it and nothing else.
 *
 * @param text the rules, without {@code <}
 */
public record Style(String text) {
  /**
   * Checks that it can't end its element.
   *
   * @throws IllegalArgumentException if it has a {@code <}
   */
  public Style {
    if (text.contains("<")) {
      throw new IllegalArgumentException("a style must not hold <");
    }
  }

  /** Reads a file that lies beside a class. */
  public static Style read(Class<?> beside, String file) {
    try (InputStream in = beside.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException(file + " is not in the jar");
      }
      // A browser hashes the style with normalized line ends.
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return new Style("\n" + text.replace("\r\n", "\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The document's Content-Security-Policy: no script, picture, font, frame or form. */
  public String policy() {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "default-src 'none'; style-src 'sha256-%s'; base-uri 'none'; form-action 'none'"
          .formatted(Base64.getEncoder().encodeToString(hash));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
