package vended;

import java.time.Duration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.crt.AwsCrtHttpClient;

/** AWS's Common Runtime, in C. */
final class BenchHttp {
  private BenchHttp() {}

  static SdkHttpClient of(TimeLimits limits) {
    return AwsCrtHttpClient.builder()
        .connectionTimeout(limits.connect())
        .connectionMaxIdleTime(Duration.ofMinutes(10))
        // The stand-ins' certificate is in no store of the system.
        .useTrustStoreSystemProperties(true)
        .build();
  }
}
