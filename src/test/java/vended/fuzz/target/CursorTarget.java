package vended.fuzz.target;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import vended.api.Cursors;
import vended.audit.AuditTime;
import vended.audit.query.AuditCursors;
import vended.audit.query.AuditCursors.Resumed;
import vended.audit.query.Period;
import vended.audit.query.Position;
import vended.fuzz.Data;
import vended.fuzz.Target;
import vended.report.make.ReportCursors;
import vended.text.Sha256;

/** Cursors, which anybody can forge: read as they were written, or not at all. */
public final class CursorTarget implements Target {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final AuditCursors AUDIT = new AuditCursors("audit");
  private static final ReportCursors REPORT = new ReportCursors("audit");

  @Override
  public void check(byte[] input) throws Exception {
    Data data = new Data(input);
    switch (data.below(4)) {
      case 0 -> written(data);
      case 1 -> forged(data.rest());
      case 2 -> report(data.rest());
      default -> list(data.rest());
    }
  }

  private static void list(String text) {
    Optional<String> decoded = Cursors.decode(Cursors.encode(text));
    String utf8 = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    Target.check(decoded.equals(Optional.of(utf8)), "decoded as it was encoded", text);
    Cursors.decode(text);
    AUDIT.read(text, "selection");
    REPORT.read(text, "selection", NOW);
  }

  private static void written(Data data) {
    Instant since = NOW.minusSeconds(data.below(60_000)).minusMillis(data.below(1000));
    Instant until = since.plusSeconds(1 + data.below(60_000));
    Instant at =
        since.plusMillis(data.number() >>> 1).isAfter(until) ? since : until.minusMillis(1);
    Position position =
        data.flag()
            ? Position.before(at)
            : new Position(
                AuditTime.at(at),
                new Position.RowKey(data.below(20), "01JZ0000000000000000000000", "admin-outcome"));
    Resumed resumed = new Resumed(new Period(since, until), position);
    String selection = data.text();
    String cursor = AUDIT.write(selection, resumed);
    Target.check(
        AUDIT.read(cursor, selection).equals(Optional.of(resumed)), "read as written", resumed);
    String other = data.text();
    Target.check(
        other.equals(selection) || AUDIT.read(cursor, other).isEmpty(),
        "bound to its selection",
        selection,
        other);
    Target.check(
        new AuditCursors("other").read(cursor, selection).isEmpty(), "bound to its table", cursor);
  }

  /** With the right checksum, which is no secret. */
  private static void forged(String text) {
    String checksum = Sha256.sha256("audit\0selection\0" + text).substring(0, 16);
    String cursor =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString((checksum + text).getBytes(StandardCharsets.UTF_8));
    AUDIT
        .read(cursor, "selection")
        .ifPresent(
            resumed -> {
              Period period = resumed.period();
              Target.check(!period.since().isAfter(period.until()), "a period", text);
              Instant at = Instant.parse(resumed.position().at());
              Target.check(
                  !at.isBefore(period.since()) && !at.isAfter(period.until()),
                  "the position is in the period",
                  text);
              Target.check(
                  AUDIT
                      .read(AUDIT.write("selection", resumed), "selection")
                      .equals(Optional.of(resumed)),
                  "written as it was read",
                  text);
            });
  }

  private static void report(String text) throws Exception {
    REPORT
        .read(Forged.report("audit", "selection", text), "selection", NOW)
        .ifPresent(
            state -> {
              Target.check(
                  !state.period().until().isAfter(NOW.plus(Duration.ofDays(1))), "a period", text);
              String again = REPORT.write(state, "selection");
              Target.check(
                  REPORT.read(again, "selection", NOW).isPresent(), "written as it was read", text);
            });
  }

  @Override
  public List<String> seeds() {
    return List.of(
        "\0\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1a\0b\0",
        "\0012026-02-01T00:00:00Z 2026-02-02T00:00:00.123Z 2026-02-01T12:00:00.000Z 3"
            + " 01JZ0000000000000000000000 outcome",
        "\0012026-02-01T00:00:00Z 2026-02-02T00:00:00Z 2026-02-01T00:00:00.000Z",
        "\2" + Forged.report(NOW),
        "\3arn:aws:iam::444455556666:role/x");
  }

  @Override
  public List<String> words() {
    return List.of(
        "\0",
        "\1",
        "\2",
        "2026-02-01T00:00:00Z",
        "9999-12-31T23:59:59.999Z",
        "1970-01-01T00:00:00Z",
        "0000-00-00T00:00:00Z",
        " ",
        "19",
        "[",
        "]",
        "{",
        "}",
        ",",
        "null",
        "-1",
        "1e9",
        "\"\"",
        "9223372036854775807",
        "\"phase\":",
        "\"place\":",
        "=");
  }
}
