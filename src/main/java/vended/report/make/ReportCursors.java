package vended.report.make;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import vended.json.Json;
import vended.json.JsonObject;
import vended.text.Sha256;

/**
 * Cursors of unfinished reports: the sum so far, compressed. The requester carries it, so nothing
 * is stored. Whoever forges one only deceives themselves: a cursor says what to show and where to
 * continue in the audit, and grants nothing that the route does not. A checksum binds it to its
 * table and selection, so that a truncated or swapped one is refused.
 */
public final class ReportCursors {
  /** Lambda takes requests of 6 MB, as JSON. */
  public static final int MAX_LENGTH = 5_000_000;

  /** Repetitive text compresses to a thousandth, so what is inflated has a limit of its own. */
  private static final int MAX_BYTES = 64 * 1024 * 1024;

  /** An empty element of a list takes two bytes as text and some fifty in memory. */
  private static final int MAX_ELEMENTS = 4_000_000;

  private static final int CHECKSUM_DIGITS = 16;

  private final String table;

  public ReportCursors(String table) {
    this.table = table;
  }

  /**
   * Writes a cursor.
   *
   * @param selection what the report is of, as it was asked for
   * @throws TooLargeException if the next request would be larger than Lambda takes
   */
  public String write(ReportState state, String selection) {
    byte[] text = Json.write(state.write()).getBytes(StandardCharsets.UTF_8);
    String body = Base64.getUrlEncoder().withoutPadding().encodeToString(compressed(text));
    if (body.length() > MAX_LENGTH - CHECKSUM_DIGITS
        || text.length > MAX_BYTES
        || elements(text) > MAX_ELEMENTS) {
      throw new TooLargeException("more figures than one request can carry");
    }
    return checksum(selection, body) + body;
  }

  /** Reads a cursor; empty if it is invalid, or of another selection or table. */
  public Optional<ReportState> read(String cursor, String selection, Instant now) {
    if (cursor.length() > MAX_LENGTH || cursor.length() <= CHECKSUM_DIGITS) {
      return Optional.empty();
    }
    String body = cursor.substring(CHECKSUM_DIGITS);
    if (!cursor.startsWith(checksum(selection, body))) {
      return Optional.empty();
    }
    try {
      String text = inflated(Base64.getUrlDecoder().decode(body));
      return JsonObject.read(text) instanceof JsonObject.Read(JsonObject object)
              && object.doubled().isEmpty()
          ? Optional.of(ReportState.read(object.members(), now))
          : Optional.empty();
    } catch (IOException | IllegalArgumentException | DateTimeException | TooLargeException e) {
      return Optional.empty();
    }
  }

  private static byte[] compressed(byte[] text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static String inflated(byte[] bytes) throws IOException {
    try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      byte[] text = gzip.readNBytes(MAX_BYTES + 1);
      if (text.length > MAX_BYTES || elements(text) > MAX_ELEMENTS) {
        throw new IOException("too large");
      }
      return new String(text, StandardCharsets.UTF_8);
    }
  }

  /** At least how many elements and members a JSON text has; more if its strings have commas. */
  private static int elements(byte[] text) {
    int commas = 0;
    for (byte one : text) {
      commas += one == ',' ? 1 : 0;
    }
    return commas;
  }

  private String checksum(String selection, String body) {
    return Sha256.sha256(table + '\0' + selection + '\0' + body).substring(0, CHECKSUM_DIGITS);
  }
}
