package vended;

import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/** The JDK's HttpURLConnection. */
final class BenchHttp {
  private BenchHttp() {}

  static SdkHttpClient of(TimeLimits limits) {
    System.setProperty("sun.net.http.retryPost", "false");
    return UrlConnectionHttpClient.builder()
        .connectionTimeout(limits.connect())
        .socketTimeout(limits.read())
        .build();
  }
}
