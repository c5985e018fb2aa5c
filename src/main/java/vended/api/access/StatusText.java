package vended.api.access;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vended.access.status.Finding;
import vended.access.status.Finding.Item;
import vended.access.status.Status;
import vended.allowlist.Grant;
import vended.allowlist.Hold;
import vended.allowlist.Rotation;
import vended.allowlist.Row;
import vended.allowlist.Stored;
import vended.allowlist.Vending;
import vended.audit.AuditTime;
import vended.text.VisibleText;

/** How everything is in sentences: one if all is right. */
final class StatusText {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

  /** A terminal has some dozen lines; JSON has more. */
  private static final int MAX_LINES = 10;

  private static final int MAX_TEXT = 240;

  /** What an auditor asks to see what never ended; administrators get no more than the number. */
  static final String OPEN_COMMAND = "vend audit --kind all --outcome open --since 24h";

  private StatusText() {}

  static List<String> lines(Status status) {
    List<String> lines = new ArrayList<>();
    long things = status.findings().stream().filter(f -> f.kind().needsAttention()).count();
    lines.add(
        (things == 0
                ? "All right"
                : things == 1
                    ? "1 thing needs attention"
                    : "%d things need attention".formatted(things))
            + " at %s, with %s and %s."
                .formatted(
                    TIME.format(status.at()),
                    counted(status.clients(), "client"),
                    counted(status.grants(), "grant")));
    for (Finding finding : status.findings()) {
      if (finding.kind().needsAttention()) {
        lines.add("");
      }
      lines.add(sentence(finding));
      finding.first().stream().limit(MAX_LINES).map(StatusText::line).forEach(lines::add);
      int more = finding.count() - Math.min(finding.count(), MAX_LINES);
      if (more > 0 && !finding.first().isEmpty()) {
        lines.add("  and %d more: --format json has the first 100".formatted(more));
      }
    }
    return lines;
  }

  private static String counted(int count, String noun) {
    return count == 1 ? "1 " + noun : "%d %ss".formatted(count, noun);
  }

  private static String sentence(Finding finding) {
    int count = finding.count();
    return switch (finding.kind()) {
      case VENDING_STOPPED ->
          "VENDING IS STOPPED: every request is refused. vend start resumes it; a corrupt switch"
              + " must be repaired first, see docs/operations.md.";
      case CORRUPT_ROWS ->
          "%s of the allow-list can't be read, so requests that need %s are refused: see"
                  .formatted(counted(count, "row"), count == 1 ? "it" : "them")
              + " docs/operations.md, \"Repairing a row of the allow-list\".";
      case OPEN_INTENTS ->
          "%s never ended: the function was cut off. Auditors see which: %s"
              .formatted(counted(count, "record"), OPEN_COMMAND);
      case DRIFTED_ROLES ->
          "%s found no longer safe: vend client verify ROLE says what the client must change."
              .formatted(counted(count, "role") + (count == 1 ? " was" : " were"));
      case REPROBE_OVERDUE ->
          "The schedule has not probed all roles for too long: see the alarm ReprobeOverdue.";
      case UNVERIFIED_ROLES ->
          "%s not verified, and somebody has a grant: vend client verify ROLE."
              .formatted(counted(count, "role") + (count == 1 ? " is" : " are"));
      case ROLES_READY ->
          "%s new, safe, and waiting for an administrator: vend client verify ROLE."
              .formatted(counted(count, "role") + (count == 1 ? " is" : " are"));
      case ROLES_OVERDUE ->
          "%s not been created within two weeks, or not as asked: vend client verify ROLE says why."
              .formatted(counted(count, "role") + (count == 1 ? " has" : " have"));
      case ROTATIONS_OVERDUE ->
          "%s more than 14 days ago and did not end, so two ExternalIds may be accepted: vend client rotate ACCOUNT."
              .formatted(counted(count, "rotation") + " began");
      case GRANTS_ENDING ->
          "%s within 14 days: vend grant put CALLER ROLE --expires TIME extends a grant."
              .formatted(counted(count, "grant") + (count == 1 ? " ends" : " end"));
      case NOT_READ -> "There was not enough time to read everything. Not read:";
      case SHORT_GRANTS_ENDING ->
          "%s within 14 days, and somebody set this end less than 14 days ahead."
              .formatted(counted(count, "grant") + (count == 1 ? " ends" : " end"));
      case ROTATIONS_OPEN ->
          "%s not ended: vend client rotate ACCOUNT says what is next."
              .formatted(counted(count, "rotation") + (count == 1 ? " has" : " have"));
      case SUSPENDED_CLIENTS ->
          "%s suspended.".formatted(counted(count, "client") + (count == 1 ? " is" : " are"));
      case CLIENTS_SUSPENDED_BY_THEMSELVES ->
          "%s suspended by the client itself, which alone can end that."
              .formatted(counted(count, "account") + (count == 1 ? " is" : " are"));
      case UNUSED_UNVERIFIED_ROLES ->
          "%s not verified, and nobody has a grant."
              .formatted(counted(count, "role") + (count == 1 ? " is" : " are"));
    };
  }

  private static String line(Item item) {
    String line =
        switch (item) {
          case Finding.Switch(Row<Stored<Vending>> row) ->
              switch (row) {
                case Row.Found<Stored<Vending>>(Stored<Vending> stored) ->
                    "since" + changed(stored);
                case Row.Corrupt<Stored<Vending>>(String fault) ->
                    "the switch is corrupt: " + fault;
                case Row.Missing<Stored<Vending>> never -> "";
              };
          case Finding.Words(String words) -> words;
          case Finding.Run run ->
              run.lastEnded() == null
                  ? "it never has"
                  : "it last did at " + TIME.format(run.lastEnded());
          case Finding.Role role ->
              "%s  %s%s"
                  .formatted(
                      role.role(),
                      role.client().name(),
                      role.probeId() == null ? "" : ", probe " + role.probeId());
          case Finding.Ending(Stored<Grant> stored) ->
              "%s  %s  %s"
                  .formatted(
                      time(stored.value().expiresAt()),
                      stored.value().caller(),
                      stored.value().role());
          case Finding.Held(String account, Row<Stored<Hold>> hold) ->
              switch (hold) {
                case Row.Found<Stored<Hold>>(Stored<Hold> stored) ->
                    account + ", since" + changed(stored);
                case Row.Corrupt<Stored<Hold>>(String fault) ->
                    account + ", whose row is corrupt: " + fault;
                case Row.Missing<Stored<Hold>> never -> account;
              };
          case Finding.Rotating(String account, Row<Stored<Rotation>> rotation) ->
              rotation instanceof Row.Found<Stored<Rotation>>(Stored<Rotation> stored)
                  ? "%s, %s, since %s"
                      .formatted(
                          account,
                          stored.value().switched()
                              ? "the old ExternalId is still to be refused"
                              : "the new ExternalId is still to be accepted",
                          minute(stored.createdAt()))
                  : account;
          case Finding.Suspended suspended ->
              "%s  %s, last changed%s"
                  .formatted(
                      suspended.client().value().account(),
                      suspended.client().value().name(),
                      changed(suspended.client()));
        };
    String shown = VisibleText.masked(line);
    return "  " + (shown.length() <= MAX_TEXT ? shown : shown.substring(0, MAX_TEXT - 1) + "…");
  }

  private static String time(@Nullable Instant time) {
    return time == null ? "-" : TIME.format(time);
  }

  private static String minute(@Nullable String time) {
    return AuditTime.parse(time).map(TIME::format).orElse("an unknown time");
  }

  private static String changed(Stored<?> stored) {
    return " "
        + minute(stored.updatedAt())
        + (stored.updatedBy() == null ? "" : " by " + stored.updatedBy());
  }
}
