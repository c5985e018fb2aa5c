package vended.audit.query;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import vended.audit.AuditTime;
import vended.text.Sha256;

/**
 * Cursors say where a page ended. A checksum binds each to its table and its selection, so that one
 * that was cut, mistyped or made for another question is refused. A cursor is not a security
 * boundary: anybody can compute the checksum. Routes that limit what their caller may see must
 * check the period and the position of a cursor themselves.
 */
public final class AuditCursors {
  private static final int MAX_LENGTH = 1024;
  private static final int CHECKSUM_DIGITS = 16;
  private static final String AT =
      "([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]{1,9})?Z)";
  private static final Pattern FORM =
      Pattern.compile(
          AT + " " + AT + " " + AT + "(?: (1?[0-9]) ([0-9A-Za-z-]{1,64}) ([a-z-]{1,32}))?");

  private final String table;

  public AuditCursors(String table) {
    this.table = table;
  }

  /**
   * What a cursor holds.
   *
   * @param period the period of the first page, which later pages keep
   * @param position where the page ended
   */
  public record Resumed(Period period, Position position) {}

  /**
   * Writes the cursor of a page.
   *
   * @param selection everything that selects rows, as text; the next page must ask for the same
   * @param resumed where the page ended
   */
  public String write(String selection, Resumed resumed) {
    Position position = resumed.position();
    Position.RowKey row = position.row();
    String text =
        resumed.period().since()
            + " "
            + resumed.period().until()
            + " "
            + position.at()
            + (row == null ? "" : " " + row.shard() + " " + row.vendId() + " " + row.kind());
    String cursor = checksum(selection, text) + text;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(cursor.getBytes(StandardCharsets.UTF_8));
  }

  /** Reads a cursor; empty if it is invalid or belongs to another selection or table. */
  public Optional<Resumed> read(String cursor, String selection) {
    String decoded = cursor.length() > MAX_LENGTH ? "" : decode(cursor);
    if (decoded.length() <= CHECKSUM_DIGITS) {
      return Optional.empty();
    }
    String text = decoded.substring(CHECKSUM_DIGITS);
    return decoded.startsWith(checksum(selection, text)) ? parse(text) : Optional.empty();
  }

  /**
   * Checks dates and order as well: the checksum of a forged cursor can be right, and DynamoDB
   * rejects a query whose position lies outside its period.
   */
  private static Optional<Resumed> parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    Position.RowKey row =
        form.group(4) == null
            ? null
            : new Position.RowKey(Integer.parseInt(form.group(4)), form.group(5), form.group(6));
    try {
      Period period = new Period(Instant.parse(form.group(1)), Instant.parse(form.group(2)));
      Instant.parse(form.group(3));
      Position position = new Position(form.group(3), row);
      return isIn(period, position) ? Optional.of(new Resumed(period, position)) : Optional.empty();
    } catch (DateTimeException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Compares text, as DynamoDB does. Only a position without a row can be at the period's end. */
  private static boolean isIn(Period period, Position position) {
    String first = AuditTime.at(period.since());
    String last = AuditTime.at(position.row() == null ? period.until() : period.last());
    return position.at().compareTo(first) >= 0 && position.at().compareTo(last) <= 0;
  }

  private static String decode(String cursor) {
    try {
      return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private String checksum(String selection, String text) {
    // Neither a table's name nor a selection has a NUL, so the parts can't run into each other.
    String bound = table + '\0' + selection + '\0' + text;
    return Sha256.sha256(bound).substring(0, CHECKSUM_DIGITS);
  }
}
