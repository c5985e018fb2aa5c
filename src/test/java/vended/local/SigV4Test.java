package vended.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import vended.local.SigV4.Kind;
import vended.local.SigV4.Refused;
import vended.local.SigV4.Verdict;
import vended.local.SigV4.Verified;

/** Against the AWS SDK's signer, which shares no code with the verifier. */
class SigV4Test {
  private static final Instant NOW = Instant.parse("2026-01-01T23:58:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final URI BASE = URI.create("http://127.0.0.1:8080");
  private static final Principal USER =
      Principal.user("arn:aws:iam::111122223333:user/pipelines/demo", "AIDAEXAMPLEEXAMPLE234");
  private static final Principal SESSION =
      Principal.session("arn:aws:iam::111122223333:role/Deployer", "AROAEXAMPLE", "build-42");
  private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");
  private static final byte[] BODY = "{\"roleArn\":\"x\"}".getBytes(UTF_8);

  private final Keys keys = new Keys();
  private final Keys.Key user = keys.issue(USER);
  private final Keys.Key session = keys.issue(SESSION, NOW.plusSeconds(3600));

  @Test
  void aUsersSignature_IsVerified() {
    assertThat(verify(signed(user))).isEqualTo(new Verified(USER, user.id()));
  }

  @Test
  void aSessionsSignature_WithItsToken_IsVerified() {
    assertThat(verify(signed(session))).isEqualTo(new Verified(SESSION, session.id()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/credentials",
        "/a%20b/c%2Fd/",
        "/x?b=2&a=1&a=0",
        "/x?k=%C3%A9%20/&flag",
        "//a/./b/../c"
      })
  void pathsAndQueries_AreMadeCanonicalAsTheSdkDoes(String target) {
    RawRequest request = client(user, CLOCK).sign("GET", target, Map.of(), new byte[0]);

    assertThat(verify(request)).isInstanceOf(Verified.class);
  }

  @Test
  void headerValues_AreTrimmedAndTheirSpacesFolded() {
    RawRequest request =
        client(user, CLOCK).sign("POST", "/x", Map.of("X-Amz-Meta", "  a   b "), BODY);

    assertThat(verify(request)).isInstanceOf(Verified.class);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("changes")
  void oneChange_IsRefused(String what, Kind kind, UnaryOperator<RawRequest> change) {
    assertThat(verify(change.apply(signed(session))))
        .isInstanceOfSatisfying(Refused.class, no -> assertThat(no.kind()).isEqualTo(kind));
  }

  static Stream<Arguments> changes() {
    return Stream.of(
        change("method", Kind.SIGNATURE_MISMATCH, r -> copy(r, "PUT", target(r), r.body())),
        change("path", Kind.SIGNATURE_MISMATCH, r -> copy(r, "POST", "/credentialt?a=1", r.body())),
        change(
            "query", Kind.SIGNATURE_MISMATCH, r -> copy(r, "POST", "/credentials?a=2", r.body())),
        change("body", Kind.SIGNATURE_MISMATCH, r -> copy(r, "POST", target(r), flipped(r.body()))),
        header("signature", Kind.SIGNATURE_MISMATCH, "Authorization", SigV4Test::otherDigit),
        header("date", Kind.SIGNATURE_MISMATCH, "X-Amz-Date", v -> v.replace("5800Z", "5801Z")),
        header("form of the date", Kind.INCOMPLETE_SIGNATURE, "X-Amz-Date", v -> v + "0"),
        header("token", Kind.INVALID_TOKEN, "X-Amz-Security-Token", v -> v + "A"),
        header("token left out", Kind.INCOMPLETE_SIGNATURE, "X-Amz-Security-Token", v -> ""),
        header("content type", Kind.SIGNATURE_MISMATCH, "Content-Type", v -> "text/plain"),
        header("host", Kind.SIGNATURE_MISMATCH, "Host", v -> "127.0.0.1:8081"),
        header("payload hash", Kind.SIGNATURE_MISMATCH, "X-Amz-Content-Sha256", v -> "UNSIGNED"),
        header("no Authorization", Kind.MISSING_AUTHENTICATION, "Authorization", v -> ""),
        authorization("region", Kind.SIGNATURE_MISMATCH, "/eu-central-1/", "/us-east-1/"),
        authorization("service", Kind.SIGNATURE_MISMATCH, "/execute-api/", "/sts/"),
        authorization("scope's date", Kind.SIGNATURE_MISMATCH, "/20260101/", "/20260102/"),
        authorization("terminator", Kind.INCOMPLETE_SIGNATURE, "aws4_request", "aws4_requests"),
        authorization("algorithm", Kind.INCOMPLETE_SIGNATURE, "AWS4-HMAC", "AWS4-ECDSA"),
        authorization("key", Kind.UNKNOWN_KEY, "=ASIA", "=ASIB"),
        authorization("host unsigned", Kind.INCOMPLETE_SIGNATURE, "host;", ""),
        authorization("date unsigned", Kind.INCOMPLETE_SIGNATURE, ";x-amz-date", ""),
        authorization("token unsigned", Kind.INCOMPLETE_SIGNATURE, ";x-amz-security-token", ""),
        authorization("signed, not sent", Kind.INCOMPLETE_SIGNATURE, ";x-amz", ";x-also;x-amz"),
        authorization(
            "unsorted", Kind.INCOMPLETE_SIGNATURE, "content-type;host", "host;content-type"),
        authorization("trailing text", Kind.INCOMPLETE_SIGNATURE, "Signature=", "Signature=0"),
        change("unsigned x-amz header", Kind.INCOMPLETE_SIGNATURE, r -> with(r, "X-Amz-Meta", "a")),
        change("second date", Kind.INCOMPLETE_SIGNATURE, r -> with(r, "X-Amz-Date", "20260101")),
        change(
            "second Authorization", Kind.INCOMPLETE_SIGNATURE, r -> with(r, "Authorization", "")));
  }

  @Test
  void aUsersKey_WithAToken_IsRefused() {
    Keys.Key forged =
        new Keys.Key(user.id(), user.secret(), session.token(), session.expiration(), USER);

    assertThat(kind(signed(forged))).isEqualTo(Kind.INVALID_TOKEN);
  }

  @Test
  void aUsersKey_WithAnEmptyToken_IsRefused() {
    RawRequest request =
        client(user, CLOCK).sign("POST", "/x", Map.of("X-Amz-Security-Token", ""), BODY);

    assertThat(kind(request)).isEqualTo(Kind.INVALID_TOKEN);
  }

  @Test
  void aSessionsKey_WithoutItsToken_IsRefused() {
    Keys.Key bare =
        new Keys.Key(session.id(), session.secret(), user.token(), session.expiration(), SESSION);

    assertThat(kind(signed(bare))).isEqualTo(Kind.INVALID_TOKEN);
  }

  @Test
  void aSessionsKey_AfterItsEnd_IsRefused() {
    Keys.Key ended = keys.issue(SESSION, NOW);

    assertThat(kind(signed(ended))).isEqualTo(Kind.EXPIRED_TOKEN);
  }

  @ParameterizedTest
  @ValueSource(longs = {-301, 301})
  void aClockThatIsMoreThanFiveMinutesOff_IsRefused(long seconds) {
    Clock off = Clock.offset(CLOCK, Duration.ofSeconds(seconds));
    RawRequest request = client(user, off).sign("POST", "/x", JSON, BODY);

    assertThat(kind(request)).isEqualTo(Kind.CLOCK_SKEW);
  }

  @ParameterizedTest
  @ValueSource(longs = {-300, 300})
  void aClockThatIsFiveMinutesOff_IsTaken_AcrossMidnightToo(long seconds) {
    Clock off = Clock.offset(CLOCK, Duration.ofSeconds(seconds));
    RawRequest request = client(user, off).sign("POST", "/x", JSON, BODY);

    assertThat(verify(request)).isInstanceOf(Verified.class);
  }

  @Test
  void aPresignedQuery_IsRefused() {
    var request = new RawRequest("POST", "/x?X-Amz-Signature=00", List.of(), BODY);

    assertThat(kind(request)).isEqualTo(Kind.MISSING_AUTHENTICATION);
    assertThat(kind(with(request, "Authorization", "AWS4-HMAC-SHA256")))
        .isEqualTo(Kind.INCOMPLETE_SIGNATURE);
  }

  @Test
  void aKeysText_HoldsNoSecret() {
    assertThat(session.toString()).doesNotContain(session.secret(), session.token().orElseThrow());
  }

  private RawRequest signed(Keys.Key key) {
    return client(key, CLOCK).sign("POST", "/credentials?a=1", JSON, BODY);
  }

  private static SignedClient client(Keys.Key key, Clock clock) {
    return new SignedClient(BASE, "execute-api", "eu-central-1", key, clock);
  }

  private Verdict verify(RawRequest request) {
    return new SigV4("execute-api", "eu-central-1", CLOCK, keys).verify(request);
  }

  private Kind kind(RawRequest request) {
    return ((Refused) verify(request)).kind();
  }

  private static Arguments change(String what, Kind kind, UnaryOperator<RawRequest> change) {
    return Arguments.of(what, kind, change);
  }

  private static Arguments authorization(String what, Kind kind, String from, String to) {
    return header(what, kind, "Authorization", value -> value.replace(from, to));
  }

  /** Changes the header's value, or takes the header out when the new value is empty. */
  private static Arguments header(
      String what, Kind kind, String name, UnaryOperator<String> change) {
    UnaryOperator<RawRequest> all =
        request -> {
          List<RawRequest.Header> headers = new ArrayList<>();
          for (RawRequest.Header header : request.headers()) {
            boolean same = header.name().equalsIgnoreCase(name);
            String value = same ? change.apply(header.value()) : header.value();
            if (!value.isEmpty()) {
              headers.add(new RawRequest.Header(header.name(), value));
            }
          }
          return new RawRequest(request.method(), target(request), headers, request.body());
        };
    return Arguments.of(what, kind, all);
  }

  private static RawRequest with(RawRequest request, String name, String value) {
    List<RawRequest.Header> headers = new ArrayList<>(request.headers());
    headers.add(new RawRequest.Header(name, value));
    return new RawRequest(request.method(), target(request), headers, request.body());
  }

  private static RawRequest copy(RawRequest request, String method, String target, byte[] body) {
    return new RawRequest(method, target, request.headers(), body);
  }

  private static String target(RawRequest request) {
    return request.path() + (request.query().isEmpty() ? "" : "?" + request.query());
  }

  private static byte[] flipped(byte[] body) {
    body[0] ^= 1;
    return body;
  }

  private static String otherDigit(String authorization) {
    int last = authorization.length() - 1;
    return authorization.substring(0, last) + (authorization.endsWith("0") ? "1" : "0");
  }
}
