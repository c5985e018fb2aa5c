package vended.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import vended.template.GatewayResponse;
import vended.template.Route;

/**
 * A stand-in for API Gateway's REST API with {@code AWS_IAM}: it verifies the signature, asks the
 * policies, and hands the handlers the events that they get in AWS.
 */
final class Gateway implements AutoCloseable {
  /** API Gateway's own limit of a payload. */
  private static final int PAYLOAD_LIMIT = 10 << 20;

  private final GatewayApi api;
  private final SigV4 verifier;
  private final Clock clock;
  private final Map<
          String, RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent>>
      handlers;
  private final LoopbackServer server;

  Gateway(
      int port,
      GatewayApi api,
      SigV4 verifier,
      Clock clock,
      Map<String, RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent>>
          handlers)
      throws IOException {
    this.api = api;
    this.verifier = verifier;
    this.clock = clock;
    this.handlers = Map.copyOf(handlers);
    for (Route route : api.routes()) {
      if (!handlers.containsKey(handlerName(route))) {
        throw new IllegalArgumentException("No handler for " + route);
      }
    }
    this.server = new LoopbackServer(port, PAYLOAD_LIMIT, this::answer);
  }

  URI url() {
    return server.url();
  }

  @Override
  public void close() {
    server.close();
  }

  private LoopbackServer.Answer answer(RawRequest request, boolean tooLarge, String sourceIp) {
    RequestIds ids = RequestIds.of(request);
    if (tooLarge) {
      return refusal("REQUEST_TOO_LARGE", 413, "Request Too Long", ids);
    }
    Optional<Route> route = api.route(request.method(), request.path());
    if (route.isEmpty()) {
      // Not 404: that is how the real one answers for what it doesn't have.
      return refusal("MISSING_AUTHENTICATION_TOKEN", 403, "Missing Authentication Token", ids);
    }
    return switch (verifier.verify(request)) {
      case SigV4.Refused refused -> refusal(type(refused.kind()), 403, refused.message(), ids);
      case SigV4.Verified caller when !api.mayInvoke(caller.principal(), route.get()) ->
          refusal("ACCESS_DENIED", 403, notAuthorized(caller, route.get()), ids);
      case SigV4.Verified caller ->
          invoke(
              request,
              new ProxyEvents.Facts(api, route.get(), caller, ids, sourceIp, clock.instant()));
    };
  }

  /** Anything can come out of a function, and API Gateway answers all of it in one way. */
  @SuppressWarnings("CatchThrowable")
  private LoopbackServer.Answer invoke(RawRequest request, ProxyEvents.Facts facts) {
    Route route = facts.route();
    try {
      var handler = Objects.requireNonNull(handlers.get(handlerName(route)));
      var context =
          new LocalContext(
              facts.ids().requestId(),
              api.functionArn(route),
              clock,
              Duration.ofSeconds(api.timeoutSeconds(route)));
      var response = handler.handleRequest(ProxyEvents.event(request, facts), context);
      return proxied(response, facts.ids());
    } catch (Throwable e) {
      System.err.println(route.function() + " failed: " + e.getClass().getName());
      return refusal("DEFAULT_5XX", 502, "Internal server error", facts.ids());
    }
  }

  private static LoopbackServer.Answer proxied(
      APIGatewayProxyResponseEvent response, RequestIds ids) {
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    if (response.getHeaders() != null) {
      response.getHeaders().forEach((name, value) -> headers.put(name, List.of(value)));
    }
    if (response.getMultiValueHeaders() != null) {
      headers.putAll(response.getMultiValueHeaders());
    }
    headers.putIfAbsent("Content-Type", List.of("application/json"));
    putIds(headers, ids);
    String body = response.getBody() == null ? "" : response.getBody();
    boolean encoded = Boolean.TRUE.equals(response.getIsBase64Encoded());
    byte[] bytes = encoded ? Base64.getDecoder().decode(body) : body.getBytes(UTF_8);
    return new LoopbackServer.Answer(
        response.getStatusCode(), headers, new LoopbackServer.Content(bytes));
  }

  private LoopbackServer.Answer refusal(String type, int status, String message, RequestIds ids) {
    GatewayResponse response = api.response(type, status);
    Map<String, List<String>> headers = new LinkedHashMap<>();
    response.headers().forEach((name, value) -> headers.put(name, List.of(value)));
    putIds(headers, ids);
    String body =
        response.body(
            Map.of(
                "error.responseType",
                type,
                "error.message",
                message,
                "extendedRequestId",
                ids.extendedRequestId(),
                "requestId",
                ids.requestId()));
    return new LoopbackServer.Answer(
        status, headers, new LoopbackServer.Content(body.getBytes(UTF_8)));
  }

  private static void putIds(Map<String, List<String>> headers, RequestIds ids) {
    headers.put("x-amzn-RequestId", List.of(ids.requestId()));
    headers.put("x-amz-apigw-id", List.of(ids.extendedRequestId()));
  }

  private String notAuthorized(SigV4.Verified caller, Route route) {
    return "User: %s is not authorized to perform: execute-api:Invoke on resource: %s"
        .formatted(caller.principal().arn(), api.resourceArn(route));
  }

  /** The types of API Gateway's own answers. */
  private static String type(SigV4.Kind kind) {
    return switch (kind) {
      case MISSING_AUTHENTICATION -> "MISSING_AUTHENTICATION_TOKEN";
      case EXPIRED_TOKEN -> "EXPIRED_TOKEN";
      case UNKNOWN_KEY, INVALID_TOKEN -> "ACCESS_DENIED";
      case INCOMPLETE_SIGNATURE, CLOCK_SKEW, SIGNATURE_MISMATCH -> "INVALID_SIGNATURE";
    };
  }

  /** Lambda takes {@code Class} and {@code Class::method}. */
  private static String handlerName(Route route) {
    return route.handler().replaceFirst("::.*", "");
  }
}
