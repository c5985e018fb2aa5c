package vended.fuzz.target;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import vended.audit.query.Period;
import vended.report.make.ReportCursors;
import vended.report.make.ReportState;
import vended.text.Sha256;

/** Cursors of reports from others than the service. */
final class Forged {
  private Forged() {}

  /** A cursor with this content and the right checksum. */
  static String report(String table, String selection, String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    String body = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
    String checksum = Sha256.sha256(table + '\0' + selection + '\0' + body).substring(0, 16);
    return checksum + body;
  }

  /** The content of a cursor that the service writes at the beginning of a report. */
  static String report(Instant now) {
    Period period = new Period(now.minus(Duration.ofDays(2)), now);
    String cursor = new ReportCursors("audit").write(new ReportState(period, now), "selection");
    byte[] body = Base64.getUrlDecoder().decode(cursor.substring(16));
    try (GZIPInputStream gzip = new GZIPInputStream(new java.io.ByteArrayInputStream(body))) {
      return new String(gzip.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
