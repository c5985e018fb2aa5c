package vended.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.StsException;
import software.amazon.awssdk.services.sts.model.Tag;
import vended.iam.Policy;

/** Through the AWS SDK's own STS client. */
class StsTest {
  private static final String REGION = "eu-central-1";
  private static final String VENDOR_ROLE = "arn:aws:iam::111122223333:role/vended-vendor";
  private static final String ROLE = "arn:aws:iam::444455556666:role/vended/deploy";
  private static final String EXTERNAL_ID = "an-external-id";
  private static final String IDENTITY_POLICY =
      """
      {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
        "Action": ["sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession"],
        "Resource": "arn:aws:iam::*:role/vended/*"}]}
      """;

  /** The SDK signs by the machine's clock, so the stand-in has to verify by it. */
  private final Clock clock = Clock.systemUTC();

  private final Keys keys = new Keys();
  private final Attachments attachments = new Attachments();
  private final Principal vendor = Principal.session(VENDOR_ROLE, "AROAVENDOR", "vend");
  private final Keys.Key vendorKey = keys.issue(vendor, clock.instant().plus(Duration.ofHours(1)));
  private final Sts sts;

  StsTest() throws IOException {
    sts = new Sts(0, new SigV4("sts", REGION, clock, keys), clock, keys, attachments);
  }

  @BeforeEach
  void makeTheRole() {
    attachments.attach(VENDOR_ROLE, List.of(Policy.identity(IDENTITY_POLICY)));
    sts.addRole(
        ROLE,
        trust(VENDOR_ROLE, "\"sts:AssumeRole\", \"sts:TagSession\", \"sts:SetSourceIdentity\""),
        Duration.ofHours(12));
  }

  @AfterEach
  void stop() {
    sts.close();
  }

  @Test
  @SuppressWarnings("deprecation") // the size, which AWS still answers
  void assumeRole_AsTrusted_AnswersCredentials_ThatAnswerForTheRole() {
    Instant before = clock.instant();
    AssumeRoleResponse answer = assume(request -> {});

    assertThat(answer.credentials().accessKeyId()).matches("ASIA[A-Z2-7]{16}");
    assertThat(answer.credentials().secretAccessKey()).hasSize(40);
    assertThat(answer.credentials().sessionToken()).hasSizeGreaterThan(300);
    assertThat(answer.credentials().expiration())
        .isBetween(before.plusSeconds(3599), before.plusSeconds(3660));
    assertThat(answer.assumedRoleUser().arn())
        .isEqualTo("arn:aws:sts::444455556666:assumed-role/deploy/demo@1");
    assertThat(answer.assumedRoleUser().assumedRoleId()).matches("AROA[A-Z2-7]{17}:demo@1");
    assertThat(answer.responseMetadata().requestId()).matches("[0-9a-f-]{36}");
    assertThat(answer.packedPolicySize()).isNull();

    var credentials = answer.credentials();
    try (StsClient client =
        client(
            AwsSessionCredentials.create(
                credentials.accessKeyId(),
                credentials.secretAccessKey(),
                credentials.sessionToken()))) {
      var identity = client.getCallerIdentity();
      assertThat(identity.arn()).isEqualTo(answer.assumedRoleUser().arn());
      assertThat(identity.userId()).isEqualTo(answer.assumedRoleUser().assumedRoleId());
      assertThat(identity.account()).isEqualTo("444455556666");
    }
  }

  @Test
  @SuppressWarnings("deprecation")
  void assumeRole_WithTagsAndSourceIdentity_WhereTrusted_IsAnswered() {
    AssumeRoleResponse answer =
        assume(
            request ->
                request
                    .sourceIdentity("AIDAEXAMPLE")
                    .tags(tag("vended:id", "1"))
                    .durationSeconds(900));

    assertThat(answer.sourceIdentity()).isEqualTo("AIDAEXAMPLE");
    assertThat(answer.packedPolicySize()).isPositive();
    assertThat(sts.calls()).hasSize(1);
    assertThat(sts.calls().getFirst()).containsEntry("ExternalId", EXTERNAL_ID);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("invalid")
  void anInvalidParameter_IsRefused(
      String what, String code, Consumer<AssumeRoleRequest.Builder> change) {
    assertFails(400, code, change);
  }

  static Stream<Arguments> invalid() {
    return Stream.of(
        invalid("chained duration", r -> r.durationSeconds(3601)),
        invalid("session name", r -> r.roleSessionName("a b")),
        Arguments.of("not JSON", "MalformedPolicyDocument", change(r -> r.policy("{"))),
        Arguments.of("no statement", "MalformedPolicyDocument", change(r -> r.policy("{}"))),
        Arguments.of("long policy", "PackedPolicyTooLarge", change(r -> r.policy(longPolicy()))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("denied")
  void whatIsNotTrusted_IsDenied(
      String what, String action, Consumer<AssumeRoleRequest.Builder> change) {
    sts.addRole(ROLE, trust(VENDOR_ROLE, "\"sts:AssumeRole\""), Duration.ofHours(1));

    assertThat(assertFails(403, "AccessDenied", change).awsErrorDetails().errorMessage())
        .startsWith(
            "User: arn:aws:sts::111122223333:assumed-role/vended-vendor/vend is not authorized to"
                + " perform: "
                + action
                + " on resource: arn:aws:iam::444455556666:role/");
  }

  static Stream<Arguments> denied() {
    return Stream.of(
        denied("no external ID", "sts:AssumeRole", r -> r.externalId(null)),
        denied("another external ID", "sts:AssumeRole", r -> r.externalId("AN-EXTERNAL-ID")),
        denied("a role that is not there", "sts:AssumeRole", r -> r.roleArn(ROLE + "2")),
        denied("tags", "sts:TagSession", r -> r.tags(tag("a", "b"))),
        denied("source identity", "sts:SetSourceIdentity", r -> r.sourceIdentity("AIDA")));
  }

  @Test
  void aRole_ThatTrustsAnother_Denies() {
    sts.addRole(
        ROLE,
        trust("arn:aws:iam::111122223333:role/other", "\"sts:AssumeRole\""),
        Duration.ofHours(1));

    assertFails(403, "AccessDenied", request -> {});
  }

  @Test
  void aRole_ThatTheVendorsOwnPolicyDoesNotCover_Denies() {
    String elsewhere = "arn:aws:iam::444455556666:role/elsewhere";
    sts.addRole(elsewhere, trust(VENDOR_ROLE, "\"sts:AssumeRole\""), Duration.ofHours(1));

    assertFails(403, "AccessDenied", request -> request.roleArn(elsewhere));
  }

  @Test
  void aRole_ThatIsNew_DeniesUntilIamIsSettled() {
    sts.denyUntil(ROLE, clock.instant().plusSeconds(30));
    assertFails(403, "AccessDenied", request -> {});

    sts.denyUntil(ROLE, clock.instant());
    assertThat(assume(request -> {}).credentials()).isNotNull();
  }

  @Test
  void aUser_MayAskForMoreThanAnHour_UpToTheRolesMaximum() {
    Principal user = Principal.user("arn:aws:iam::111122223333:user/me", "AIDAME");
    attachments.attach(user.arn(), List.of(Policy.identity(IDENTITY_POLICY)));
    sts.addRole(ROLE, trust(user.arn(), "\"sts:AssumeRole\""), Duration.ofHours(2));
    Keys.Key key = keys.issue(user);

    try (StsClient client = client(AwsBasicCredentials.create(key.id(), key.secret()))) {
      client.assumeRole(request(request -> request.durationSeconds(7200)));
      assertThatExceptionOfType(StsException.class)
          .isThrownBy(() -> client.assumeRole(request(request -> request.durationSeconds(7201))))
          .satisfies(e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("ValidationError"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"secret", "token", "key"})
  void aWrongKey_IsRefused(String part) {
    var credentials =
        AwsSessionCredentials.create(
            part.equals("key") ? "ASIAAAAAAAAAAAAAAAAA" : vendorKey.id(),
            part.equals("secret") ? "x" : vendorKey.secret(),
            part.equals("token") ? "x" : vendorKey.token().orElseThrow());
    try (StsClient client = client(credentials)) {
      assertThatExceptionOfType(StsException.class)
          .isThrownBy(client::getCallerIdentity)
          .satisfies(
              e -> {
                assertThat(e.statusCode()).isEqualTo(403);
                assertThat(e.awsErrorDetails().errorCode())
                    .isEqualTo(
                        part.equals("secret") ? "SignatureDoesNotMatch" : "InvalidClientTokenId");
              });
    }
  }

  @Test
  void aSessionThatEnded_IsRefused() {
    Keys.Key ended = keys.issue(vendor, clock.instant());

    try (StsClient client =
        client(
            AwsSessionCredentials.create(
                ended.id(), ended.secret(), ended.token().orElseThrow()))) {
      assertThatExceptionOfType(StsException.class)
          .isThrownBy(client::getCallerIdentity)
          .satisfies(e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("ExpiredToken"));
    }
  }

  @Test
  void failuresAndChanges_AreForTheNextCallOnly() {
    sts.failNext(400, "RegionDisabledException");
    sts.changeNext(issued -> issued.withSessionToken(null));

    assertFails(400, "RegionDisabledException", request -> {});
    assertThat(assume(request -> {}).credentials().sessionToken()).isNull();
    assertThat(assume(request -> {}).credentials().sessionToken()).isNotNull();
  }

  @Test
  void whatIsNotServed_IsRefused() throws Exception {
    try (SignedClient client = new SignedClient(sts.url(), "sts", REGION, vendorKey, clock)) {
      assertThat(client.post("/", "Action=AssumeRole&Version=2010-01-01").statusCode())
          .isEqualTo(400);
      assertThat(client.post("/", "Action=GetSessionToken&Version=2011-06-15").body())
          .contains("<Code>InvalidAction</Code>");
      assertThat(client.post("/", "Action=a&Action=b").body())
          .contains("<Code>MalformedQueryString</Code>");
      assertThat(client.post("/x", "").statusCode()).isEqualTo(404);
      assertThat(client.send(client.sign("GET", "/", Map.of(), new byte[0])).statusCode())
          .isEqualTo(404);
    }
  }

  private AssumeRoleResponse assume(Consumer<AssumeRoleRequest.Builder> change) {
    try (StsClient client =
        client(
            AwsSessionCredentials.create(
                vendorKey.id(), vendorKey.secret(), vendorKey.token().orElseThrow()))) {
      return client.assumeRole(request(change));
    }
  }

  private StsException assertFails(
      int status, String code, Consumer<AssumeRoleRequest.Builder> change) {
    var thrown = catchThrowableOfType(StsException.class, () -> assume(change));
    assertThat(thrown.statusCode()).isEqualTo(status);
    assertThat(thrown.awsErrorDetails().errorCode()).isEqualTo(code);
    return thrown;
  }

  private static AssumeRoleRequest request(Consumer<AssumeRoleRequest.Builder> change) {
    var request =
        AssumeRoleRequest.builder().roleArn(ROLE).roleSessionName("demo@1").externalId(EXTERNAL_ID);
    change.accept(request);
    return request.build();
  }

  private StsClient client(AwsCredentials credentials) {
    return StsClient.builder()
        .endpointOverride(sts.url())
        .region(Region.of(REGION))
        .credentialsProvider(StaticCredentialsProvider.create(credentials))
        .httpClient(Apache5HttpClient.create())
        .build();
  }

  private static String trust(String principal, String actions) {
    return """
    {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": "%s"},
      "Action": [%s], "Condition": {"StringEquals": {"sts:ExternalId": "%s"}}}]}
    """
        .formatted(principal, actions, EXTERNAL_ID);
  }

  private static Arguments invalid(String what, Consumer<AssumeRoleRequest.Builder> change) {
    return Arguments.of(what, "ValidationError", change);
  }

  private static Arguments denied(
      String what, String action, Consumer<AssumeRoleRequest.Builder> change) {
    return Arguments.of(what, action, change);
  }

  private static Consumer<AssumeRoleRequest.Builder> change(
      Consumer<AssumeRoleRequest.Builder> change) {
    return change;
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }

  private static String longPolicy() {
    return "{\"Version\":\"2012-10-17\",\"Statement\":{\"Sid\":\""
        + "a".repeat(2048)
        + "\",\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}}";
  }
}
