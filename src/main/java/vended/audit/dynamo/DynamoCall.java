package vended.audit.dynamo;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import vended.audit.AuditException;

/**
 * A call that runs beside others.
 *
 * @param <T> the type of its answer
 */
final class DynamoCall<T> {
  private final Callable<T> call;
  private @Nullable Future<T> answer;

  DynamoCall(Callable<T> call) {
    this.call = call;
  }

  /** Starts the call, once. */
  void start(ExecutorService executor) {
    if (answer == null) {
      answer = executor.submit(call);
    }
  }

  /**
   * Waits for the answer of a call that was started.
   *
   * @throws AuditException if it failed
   */
  T await() throws AuditException {
    if (answer == null) {
      throw new IllegalStateException("the call was not started");
    }
    try {
      return answer.get();
    } catch (ExecutionException e) {
      throw new AuditException("the audit could not be read", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AuditException("the audit was not read to its end", e);
    }
  }
}
