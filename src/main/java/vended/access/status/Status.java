package vended.access.status;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How everything is.
 *
 * @param at when it was looked at
 * @param clients how many clients were read
 * @param grants how many grants were read
 * @param openSince from when on all records were read for those that never ended
 * @param lastReprobe when the schedule's last complete run ended; null if none did
 * @param findings what was found, the most severe first
 */
public record Status(
    Instant at,
    int clients,
    int grants,
    Instant openSince,
    @Nullable Instant lastReprobe,
    List<Finding> findings) {
  public Status {
    findings = List.copyOf(findings);
  }

  /** Whether nothing needs anybody's attention. */
  public boolean isAllRight() {
    return findings.stream().noneMatch(finding -> finding.kind().needsAttention());
  }
}
