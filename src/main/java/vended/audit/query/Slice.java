package vended.audit.query;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one step of reading gave.
 *
 * @param rows the newest first; may be none though there is more
 * @param next where reading goes on; none at the end
 */
public record Slice(List<AuditRow> rows, @Nullable Position next) {
  /** Copies the rows. */
  public Slice {
    rows = List.copyOf(rows);
  }

  /** The end, with nothing. */
  public static Slice end() {
    return new Slice(List.of(), null);
  }
}
