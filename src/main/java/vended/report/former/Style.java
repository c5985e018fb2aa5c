package vended.report.former;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The report's style sheet, and the policy that allows it and nothing else. */
record Style(String text) {
  private static final String FILE = "report.css";

  Style {
    if (text.contains("<")) {
      throw new IllegalArgumentException("a style must not hold <");
    }
  }

  static Style read() {
    try (InputStream in = Style.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException(FILE + " is not in the jar");
      }
      // A browser hashes the style with normalized line ends.
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return new Style("\n" + text.replace("\r\n", "\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The document's Content-Security-Policy: no script, picture, font, frame or form. */
  String policy() {
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
