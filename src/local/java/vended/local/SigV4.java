package vended.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Verifies Signature Version 4 in the Authorization header, as the front of each AWS service does.
 * A signature in the query (a presigned URL) is refused: nobody here has a use for it.
 */
public final class SigV4 {
  /** API Gateway's tolerance; STS allows 15 minutes, and a laptop's clock is off by neither. */
  static final Duration TOLERANCE = Duration.ofMinutes(5);

  private static final DateTimeFormatter AMZ_DATE =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT)
          .withZone(ZoneOffset.UTC);
  private static final List<String> AT_MOST_ONCE =
      List.of(
          "authorization", "host", "x-amz-date", "x-amz-security-token", "x-amz-content-sha256");

  private final String service;
  private final String region;
  private final Clock signers;
  private final Clock clock;
  private final Keys keys;

  /** What AWS's error says is wrong; each service has its own words and status for it. */
  public enum Kind {
    MISSING_AUTHENTICATION,
    INCOMPLETE_SIGNATURE,
    UNKNOWN_KEY,
    INVALID_TOKEN,
    EXPIRED_TOKEN,
    CLOCK_SKEW,
    SIGNATURE_MISMATCH
  }

  public sealed interface Verdict {}

  public record Verified(Principal principal, String accessKeyId) implements Verdict {}

  public record Refused(Kind kind, String message) implements Verdict {}

  public SigV4(String service, String region, Clock clock, Keys keys) {
    this(service, region, clock, clock, keys);
  }

  /**
   * For callers whose signer's clock a test can't set, as the SDK's in the service: dates are held
   * against {@code signers}, the ends of sessions against {@code clock}.
   */
  public SigV4(String service, String region, Clock signers, Clock clock, Keys keys) {
    this.service = service;
    this.region = region;
    this.signers = signers;
    this.clock = clock;
    this.keys = keys;
  }

  public Verdict verify(RawRequest request) {
    if (request.values("Authorization").isEmpty()) {
      return new Refused(Kind.MISSING_AUTHENTICATION, "Missing Authentication Token");
    }
    if (AT_MOST_ONCE.stream().anyMatch(name -> request.values(name).size() > 1)) {
      return incomplete("A header that may come once came twice");
    }
    if (request.query().toLowerCase(Locale.ROOT).contains("x-amz-signature=")) {
      return incomplete("Authorization in both the header and the query");
    }
    Optional<Authorization> parsed =
        Authorization.parse(request.values("Authorization").getFirst().strip());
    if (parsed.isEmpty()) {
      return incomplete("Authorization header is not of the form of AWS Signature Version 4");
    }
    Optional<Refused> unsigned = unsigned(request, parsed.get());
    return unsigned.isPresent() ? unsigned.get() : verify(request, parsed.get());
  }

  /** What must be signed, or an attacker on the way could change it. */
  private static Optional<Refused> unsigned(RawRequest request, Authorization authorization) {
    Set<String> needed = new TreeSet<>(Set.of("host", "x-amz-date"));
    request.headers().stream()
        .map(header -> header.name().toLowerCase(Locale.ROOT))
        .filter(name -> name.startsWith("x-amz-"))
        .forEach(needed::add);
    needed.removeAll(authorization.signedHeaders());
    if (!needed.isEmpty()) {
      return Optional.of(incomplete("Not signed: " + String.join(", ", needed)));
    }
    return authorization.signedHeaders().stream()
        .filter(name -> request.values(name).isEmpty())
        .findFirst()
        .map(name -> incomplete("Signed, but not sent: " + name));
  }

  private Verdict verify(RawRequest request, Authorization authorization) {
    Optional<Keys.Key> key = keys.find(authorization.accessKeyId());
    if (key.isEmpty()) {
      return new Refused(
          Kind.UNKNOWN_KEY, "The security token included in the request is invalid.");
    }
    return tokenRefused(request, key.get())
        .or(() -> scopeRefused(request, authorization))
        .or(() -> signatureRefused(request, authorization, key.get()))
        .<Verdict>map(refused -> refused)
        .orElseGet(() -> new Verified(key.get().principal(), key.get().id()));
  }

  private Optional<Refused> tokenRefused(RawRequest request, Keys.Key key) {
    String sent = request.values("X-Amz-Security-Token").stream().findFirst().orElse("");
    boolean wrong = !sameText(sent, key.token().orElse(""));
    if (wrong || sent.isEmpty() != request.values("X-Amz-Security-Token").isEmpty()) {
      return refused(Kind.INVALID_TOKEN, "The security token included in the request is invalid.");
    }
    if (key.expiration().filter(end -> !clock.instant().isBefore(end)).isPresent()) {
      return refused(Kind.EXPIRED_TOKEN, "The security token included in the request is expired");
    }
    return Optional.empty();
  }

  private Optional<Refused> scopeRefused(RawRequest request, Authorization authorization) {
    String date = request.values("X-Amz-Date").getFirst().strip();
    Instant signedAt;
    try {
      signedAt = AMZ_DATE.parse(date, Instant::from);
    } catch (DateTimeException e) {
      return Optional.of(incomplete("X-Amz-Date is not of the form 20260101T000000Z"));
    }
    if (Duration.between(signedAt, signers.instant()).abs().compareTo(TOLERANCE) > 0) {
      String now = AMZ_DATE.format(signers.instant());
      return refused(
          Kind.CLOCK_SKEW, "Signature expired or not yet current: %s, now %s".formatted(date, now));
    }
    String wanted = "%s/%s/%s/aws4_request".formatted(date.substring(0, 8), region, service);
    return authorization.scope().equals(wanted)
        ? Optional.empty()
        : refused(Kind.SIGNATURE_MISMATCH, "Credential should be scoped to " + wanted);
  }

  private Optional<Refused> signatureRefused(
      RawRequest request, Authorization authorization, Keys.Key key) {
    String payloadHash = Canonical.sha256(request.body());
    boolean bodyMatches =
        request.values("X-Amz-Content-Sha256").stream().allMatch(sent -> sent.equals(payloadHash));
    String canonical = Canonical.request(request, authorization.signedHeaders(), payloadHash);
    String toSign =
        String.join(
            "\n",
            Authorization.ALGORITHM,
            request.values("X-Amz-Date").getFirst().strip(),
            authorization.scope(),
            Canonical.sha256(canonical.getBytes(UTF_8)));
    byte[] secret = ("AWS4" + key.secret()).getBytes(UTF_8);
    for (String part : authorization.scope().split("/", -1)) {
      secret = hmac(secret, part);
    }
    String signature = HexFormat.of().formatHex(hmac(secret, toSign));
    return bodyMatches && sameText(signature, authorization.signature())
        ? Optional.empty()
        : refused(
            Kind.SIGNATURE_MISMATCH,
            "The request signature we calculated does not match the signature you provided. Check"
                + " your AWS Secret Access Key and signing method.");
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has HmacSHA256", e);
    }
  }

  /** Takes as long for a first wrong character as for a last. */
  private static boolean sameText(String one, String other) {
    return MessageDigest.isEqual(one.getBytes(UTF_8), other.getBytes(UTF_8));
  }

  private static Refused incomplete(String message) {
    return new Refused(Kind.INCOMPLETE_SIGNATURE, message);
  }

  private static Optional<Refused> refused(Kind kind, String message) {
    return Optional.of(new Refused(kind, message));
  }
}
