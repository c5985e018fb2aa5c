package vended.volume;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import vended.audit.query.Meter;

/**
 * Lets one test measure what the functions' own clients of DynamoDB consume. The SDK adds it to
 * each client by the file {@code execution.interceptors}, and it does nothing unless it is asked
 * to.
 *
 * <p>Public, with a constructor without parameters, for the SDK.
 */
public final class CapacityMeter implements ExecutionInterceptor {
  private static final AtomicReference<@Nullable Meter> METER = new AtomicReference<>();

  /** Measures from now on; null ends it. */
  static void measure(@Nullable Meter meter) {
    METER.set(meter);
  }

  @Override
  public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
    Meter meter = METER.get();
    return meter == null ? context.request() : meter.modifyRequest(context, attributes);
  }

  @Override
  public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
    Meter meter = METER.get();
    if (meter != null) {
      meter.afterExecution(context, attributes);
    }
  }
}
