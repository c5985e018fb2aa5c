package vended.chaos.wire;

import java.util.Set;

/**
 * A call of AWS that a request makes: the first, second… of its operation.
 *
 * @param service {@code DYNAMODB} or {@code STS}
 */
public record Boundary(String service, String operation, int occurrence) {
  private static final Set<String> READS = Set.of("GetItem", "BatchGetItem", "Query");

  /** Whether it changes nothing. */
  public boolean isRead() {
    return READS.contains(operation);
  }

  @Override
  public String toString() {
    return "%s %d".formatted(operation, occurrence);
  }
}
