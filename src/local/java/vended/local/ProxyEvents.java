package vended.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent.ProxyRequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent.RequestIdentity;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import vended.template.Route;

/**
 * The event that API Gateway's Lambda proxy integration makes of a request.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html">
 *     Lambda proxy integrations in API Gateway</a>
 */
final class ProxyEvents {
  private static final DateTimeFormatter REQUEST_TIME =
      DateTimeFormatter.ofPattern("dd/MMM/uuuu:HH:mm:ss Z", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private ProxyEvents() {}

  /** What the gateway knows of a request beside the request. */
  record Facts(
      GatewayApi api,
      Route route,
      SigV4.Verified caller,
      RequestIds ids,
      String sourceIp,
      Instant time) {}

  static APIGatewayProxyRequestEvent event(RawRequest request, Facts facts) {
    Map<String, List<String>> headers = headers(request, facts.sourceIp());
    Map<String, List<String>> query = query(request.query());
    byte[] body = request.body();
    return new APIGatewayProxyRequestEvent()
        .withResource(facts.route().path())
        .withPath(request.path())
        .withHttpMethod(request.method())
        .withHeaders(last(headers))
        .withMultiValueHeaders(headers)
        .withQueryStringParameters(query.isEmpty() ? null : last(query))
        .withMultiValueQueryStringParameters(query.isEmpty() ? null : query)
        .withRequestContext(context(request, facts))
        .withBody(body.length == 0 ? null : new String(body, UTF_8))
        .withIsBase64Encoded(false);
  }

  private static ProxyRequestContext context(RawRequest request, Facts facts) {
    return new ProxyRequestContext()
        .withAccountId(facts.api().account())
        .withApiId(facts.api().apiId())
        .withStage(facts.api().stage())
        .withResourceId("local0")
        .withResourcePath(facts.route().path())
        .withPath("/" + facts.api().stage() + request.path())
        .withHttpMethod(request.method())
        .withProtocol("HTTP/1.1")
        .withDomainName(String.join("", request.values("Host")))
        .withRequestId(facts.ids().requestId())
        .withExtendedRequestId(facts.ids().extendedRequestId())
        .withRequestTime(REQUEST_TIME.format(facts.time()))
        .withRequestTimeEpoch(facts.time().toEpochMilli())
        .withIdentity(identity(request, facts));
  }

  /** Of the verified key only; the Cognito members stay null, as they are under AWS_IAM. */
  private static RequestIdentity identity(RawRequest request, Facts facts) {
    Principal caller = facts.caller().principal();
    return new RequestIdentity()
        .withAccountId(caller.account())
        .withAccessKey(facts.caller().accessKeyId())
        .withCaller(caller.userId())
        .withUser(caller.userId())
        .withUserArn(caller.arn())
        .withSourceIp(facts.sourceIp())
        .withUserAgent(request.values("User-Agent").stream().findFirst().orElse(null));
  }

  /** Without Authorization, which API Gateway keeps to itself when it is a signature. */
  private static Map<String, List<String>> headers(RawRequest request, String sourceIp) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (RawRequest.Header header : request.headers()) {
      if (!header.name().equalsIgnoreCase("Authorization")) {
        headers.computeIfAbsent(titled(header.name()), n -> new ArrayList<>()).add(header.value());
      }
    }
    // What the caller says of its address stays in front; only the last one is the gateway's word.
    List<String> said = headers.getOrDefault("X-Forwarded-For", List.of());
    String forwarded = said.isEmpty() ? sourceIp : String.join(", ", said) + ", " + sourceIp;
    headers.put("X-Forwarded-For", List.of(forwarded));
    headers.put("X-Forwarded-Proto", List.of("https"));
    headers.put("X-Forwarded-Port", List.of("443"));
    return headers;
  }

  /** The HTTP server here has changed the case already; this is how most clients write it. */
  private static String titled(String name) {
    return Arrays.stream(name.split("-", -1))
        .map(
            part ->
                part.isEmpty()
                    ? part
                    : part.substring(0, 1).toUpperCase(Locale.ROOT)
                        + part.substring(1).toLowerCase(Locale.ROOT))
        .collect(Collectors.joining("-"));
  }

  private static Map<String, List<String>> query(String raw) {
    Map<String, List<String>> query = new LinkedHashMap<>();
    for (String pair : raw.split("&", -1)) {
      if (!pair.isEmpty()) {
        int mark = pair.indexOf('=');
        String name = mark < 0 ? pair : pair.substring(0, mark);
        String value = mark < 0 ? "" : pair.substring(mark + 1);
        query.computeIfAbsent(decoded(name), n -> new ArrayList<>()).add(decoded(value));
      }
    }
    return query;
  }

  private static String decoded(String text) {
    return new String(Canonical.decode(text), UTF_8);
  }

  private static Map<String, String> last(Map<String, List<String>> all) {
    Map<String, String> last = new LinkedHashMap<>();
    all.forEach((name, values) -> last.put(name, values.getLast()));
    return last;
  }
}
