package vended.audit.query;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one step or page.
 *
 * @param rows newest first; can be empty although more rows follow
 * @param next where the next read starts; null at the end
 */
public record Slice(List<AuditRow> rows, @Nullable Position next) {
  public Slice {
    rows = List.copyOf(rows);
  }

  /** An empty last slice. */
  public static Slice end() {
    return new Slice(List.of(), null);
  }
}
