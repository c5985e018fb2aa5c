package vended.audit.dynamo;

import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import vended.audit.AuditException;
import vended.audit.query.AuditSweep;
import vended.audit.query.Period;

/**
 * Sweeps the index by-hour. The next shards, and whether the next hours are empty, are read ahead
 * on virtual threads.
 */
public final class DynamoAuditSweep implements AuditSweep {
  private final DynamoDbClient client;
  private final String table;

  /**
   * Sweeps a table.
   *
   * @param client one whose calls end within a few seconds
   * @param table the table's name
   */
  public DynamoAuditSweep(DynamoDbClient client, String table) {
    this.client = client;
    this.table = table;
  }

  @Override
  public @Nullable Place sweep(
      Period period, Set<String> attributes, @Nullable Place from, Visitor visitor)
      throws AuditException {
    if (period.isEmpty()) {
      return null;
    }
    // Closing it waits for what was read ahead: a few calls, which would otherwise still be under
    // way when Lambda freezes the function.
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      DynamoReadAhead ahead =
          new DynamoReadAhead(executor, client, table, period, attributes, from);
      for (DynamoReadAhead.Step step = ahead.next(); step != null; step = ahead.next()) {
        if (!visitor.take(step.rows(), step.next())) {
          return step.next();
        }
      }
      return null;
    }
  }
}
