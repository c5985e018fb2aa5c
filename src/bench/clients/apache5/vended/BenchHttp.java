package vended;

import java.time.Duration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;

/** Apache HttpClient 5, which keeps a connection for as long as the service does. */
final class BenchHttp {
  private BenchHttp() {}

  static SdkHttpClient of(TimeLimits limits) {
    return Apache5HttpClient.builder()
        .connectionTimeout(limits.connect())
        .socketTimeout(limits.read())
        .connectionMaxIdleTime(Duration.ofMinutes(10))
        .build();
  }
}
