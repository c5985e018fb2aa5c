package vended.audit.query;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import vended.audit.AuditTime;

/**
 * Cursors: where a page ended, under a seal (HMAC-SHA256) that holds for the selection and the
 * table that it was made for. The seal's key is no secret; docs/decisions.md says why none is
 * needed.
 */
public final class AuditCursors {
  private static final int SEAL_BYTES = 16;
  private static final int MAX_LENGTH = 1024;
  private static final String AT =
      "([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]{1,9})?Z)";
  private static final Pattern FORM =
      Pattern.compile(
          AT + " " + AT + " " + AT + "(?: ([0-7]) ([0-9A-Za-z-]{1,64}) ([a-z-]{1,32}))?");

  private final String table;

  /**
   * Cursors of a table.
   *
   * @param table its name
   */
  public AuditCursors(String table) {
    this.table = table;
  }

  /**
   * What a cursor holds.
   *
   * @param period the period of the first page, which later ones keep
   * @param position where the page ended
   */
  public record Resumed(Period period, Position position) {}

  /**
   * The cursor of a page.
   *
   * @param selection all that selects rows, as text; the next page must ask for the same
   * @param resumed where it ended
   */
  public String write(String selection, Resumed resumed) {
    Position position = resumed.position();
    Position.Row row = position.row();
    String text =
        resumed.period().since()
            + " "
            + resumed.period().until()
            + " "
            + position.at()
            + (row == null ? "" : " " + row.shard() + " " + row.vendId() + " " + row.kind());
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    byte[] sealed = Arrays.copyOf(seal(selection, bytes), SEAL_BYTES + bytes.length);
    System.arraycopy(bytes, 0, sealed, SEAL_BYTES, bytes.length);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
  }

  /** What a cursor holds, or nothing if it is not one that was made for this selection. */
  public Optional<Resumed> read(String cursor, String selection) {
    byte[] sealed = cursor.length() > MAX_LENGTH ? null : decode(cursor);
    if (sealed == null || sealed.length <= SEAL_BYTES) {
      return Optional.empty();
    }
    byte[] bytes = Arrays.copyOfRange(sealed, SEAL_BYTES, sealed.length);
    byte[] seal = Arrays.copyOf(sealed, SEAL_BYTES);
    return MessageDigest.isEqual(seal, seal(selection, bytes)) ? parse(bytes) : Optional.empty();
  }

  /**
   * Checks dates and order, too: whoever knows the table's name can seal any text, and a position
   * outside the period makes a query that DynamoDB refuses.
   */
  private static Optional<Resumed> parse(byte[] bytes) {
    Matcher form = FORM.matcher(new String(bytes, StandardCharsets.UTF_8));
    if (!form.matches()) {
      return Optional.empty();
    }
    Position.Row row =
        form.group(4) == null
            ? null
            : new Position.Row(Integer.parseInt(form.group(4)), form.group(5), form.group(6));
    try {
      Period period = new Period(Instant.parse(form.group(1)), Instant.parse(form.group(2)));
      Instant.parse(form.group(3));
      Position position = new Position(form.group(3), row);
      return isIn(period, position) ? Optional.of(new Resumed(period, position)) : Optional.empty();
    } catch (DateTimeException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** By text, as DynamoDB compares. Only a position without a row can be at the period's end. */
  private static boolean isIn(Period period, Position position) {
    String first = AuditTime.at(period.since());
    String last = AuditTime.at(position.row() == null ? period.until() : period.last());
    return position.at().compareTo(first) >= 0 && position.at().compareTo(last) <= 0;
  }

  private static byte @Nullable [] decode(String cursor) {
    try {
      return Base64.getUrlDecoder().decode(cursor);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private byte[] seal(String selection, byte[] bytes) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(table.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      mac.update(selection.getBytes(StandardCharsets.UTF_8));
      // No selection has it, so a part of one can't be taken for a part of the other.
      mac.update((byte) 0);
      return Arrays.copyOf(mac.doFinal(bytes), SEAL_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HMAC-SHA256", e);
    }
  }
}
