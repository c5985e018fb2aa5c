package vended.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/** A caller: signs with the AWS SDK's own signer and sends. */
public final class SignedClient implements AutoCloseable {
  private final HttpClient http;
  private final boolean shared;
  private final URI base;
  private final String service;
  private final String region;
  private final Keys.Key key;
  private final Clock clock;

  public SignedClient(URI base, String service, String region, Keys.Key key, Clock clock) {
    this(HttpClient.newHttpClient(), false, base, service, region, key, clock);
  }

  private SignedClient(
      HttpClient http,
      boolean shared,
      URI base,
      String service,
      String region,
      Keys.Key key,
      Clock clock) {
    this.http = http;
    this.shared = shared;
    this.base = base;
    this.service = service;
    this.region = region;
    this.key = key;
    this.clock = clock;
  }

  /** Another caller on the same connections, which it does not close. */
  public SignedClient as(Keys.Key other) {
    return new SignedClient(http, true, base, service, region, other, clock);
  }

  /** Posts a JSON body. */
  public HttpResponse<String> post(String path, String body)
      throws IOException, InterruptedException {
    return send(sign("POST", path, Map.of("Content-Type", "application/json"), bytes(body)));
  }

  /** Signs, without sending: for tests that change something on the way. */
  public RawRequest sign(String method, String target, Map<String, String> headers, byte[] body) {
    var unsigned =
        SdkHttpRequest.builder()
            .uri(URI.create(base + target))
            .method(SdkHttpMethod.fromValue(method));
    headers.forEach(unsigned::putHeader);
    var signed =
        AwsV4HttpSigner.create()
            .sign(
                request ->
                    request
                        .identity(identity())
                        .request(unsigned.build())
                        .payload(ContentStreamProvider.fromByteArray(body))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                        .putProperty(HttpSigner.SIGNING_CLOCK, clock));
    List<RawRequest.Header> lines = new ArrayList<>();
    signed
        .request()
        .headers()
        .forEach((name, all) -> all.forEach(v -> lines.add(new RawRequest.Header(name, v))));
    return new RawRequest(method, target, lines, body);
  }

  /** Sends a request as it is. */
  public HttpResponse<String> send(RawRequest request) throws IOException, InterruptedException {
    String query = request.query().isEmpty() ? "" : "?" + request.query();
    var message =
        HttpRequest.newBuilder(URI.create(base + request.path() + query))
            .method(request.method(), HttpRequest.BodyPublishers.ofByteArray(request.body()));
    request.headers().stream()
        .filter(header -> !header.name().equalsIgnoreCase("host")) // the client sends its own
        .forEach(header -> message.header(header.name(), header.value()));
    return http.send(message.build(), BodyHandlers.ofString());
  }

  @Override
  public void close() {
    if (!shared) {
      http.close();
    }
  }

  private AwsCredentialsIdentity identity() {
    return key.token().isPresent()
        ? AwsSessionCredentialsIdentity.create(key.id(), key.secret(), key.token().get())
        : AwsCredentialsIdentity.create(key.id(), key.secret());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
