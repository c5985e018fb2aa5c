package vended.api;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import java.util.Arrays;
import java.util.stream.Collectors;
import vended.audit.VendId;

/**
 * Logs an unexpected exception: classes and stack frames only, since a message may quote a request
 * or a response.
 */
public final class FaultLog {
  private static final int MAX_FRAMES = 20;

  private FaultLog() {}

  public static void log(Context context, VendId vendId, Throwable fault) {
    StringBuilder text = new StringBuilder("fault in vend ").append(vendId);
    for (Throwable t = fault; t != null; t = t.getCause()) {
      text.append("\n").append(t.getClass().getName());
      text.append(
          Arrays.stream(t.getStackTrace())
              .limit(MAX_FRAMES)
              .map(frame -> "\n  at " + frame)
              .collect(Collectors.joining()));
    }
    context.getLogger().log(text.toString(), LogLevel.ERROR);
  }
}
