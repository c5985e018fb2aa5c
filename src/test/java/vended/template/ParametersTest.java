package vended.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whether a parameter has its effect: in the versions that the aliases name, and not only in
 * $LATEST; and on the routes that it is for.
 */
class ParametersTest {
  private static final Path FILE = Path.of("template.yaml");

  /** What SAM or Lambda keep beside a function's configuration: it is in no version. */
  private static final Set<String> NOT_IN_A_VERSION =
      Set.of(
          "AutoPublishAlias",
          "AutoPublishAliasAllProperties",
          "ReservedConcurrentExecutions",
          "VersionDeletionPolicy",
          "VersionDescription");

  /** A version's description has no more characters (Lambda API Reference, "PublishVersion"). */
  private static final int LONGEST = 256;

  /** Another value for every parameter. */
  private static final Map<String, String> OTHER =
      Map.ofEntries(
          Map.entry("CallerAccounts", "222233334444"),
          Map.entry("AdministratorArns", "arn:aws:iam::222233334444:role/Admin"),
          Map.entry("AuditorArns", "arn:aws:iam::222233334444:role/Auditor"),
          Map.entry("VendorRoleName", "another"),
          Map.entry("ClientRolePattern", "*:role/*"),
          Map.entry("AllowOwnAccount", "true"),
          Map.entry("ClientTemplateUrl", "https://b.s3.amazonaws.com/client-role.yaml"),
          Map.entry("ReprobeSchedule", "off"),
          Map.entry("LogRetentionDays", "30"),
          Map.entry("AuditRetentionDays", "90"),
          Map.entry("AlarmTopicArn", "arn:aws:sns:eu-west-1:111122223333:ops"),
          Map.entry("DeniedBurstThreshold", "31"),
          Map.entry("EvidenceRetentionDays", "1"),
          Map.entry("PublishEvents", "true"),
          Map.entry("SnapStart", "false"),
          Map.entry("ReprobeOverdueHours", "50"),
          Map.entry("RequestsPerSecond", "21"),
          Map.entry("RequestBurst", "41"),
          Map.entry("VendConcurrency", "50"),
          Map.entry("AdminConcurrency", "5"),
          Map.entry("ClientView", "true"),
          Map.entry("ClientViewConcurrency", "10"),
          Map.entry("SetApiGatewayLogRole", "false"));

  private static final Template NOISY =
      Template.read(FILE, Map.of("RequestsPerSecond", "5000", "RequestBurst", "1000"));

  static Stream<String> parameters() throws IOException {
    return Tree.mapAt(Yaml.parse(Files.readString(FILE)), "Parameters").keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("parameters")
  void aVersionIsPublishedIfAParameterChangesTheConfiguration_AndOnlyThen(String parameter) {
    assertThat(OTHER).as("give another value of the parameter here").containsKey(parameter);
    Template before = Template.read(FILE, Map.of());
    Template after = Template.read(FILE, Map.of(parameter, OTHER.getOrDefault(parameter, "")));

    for (String function : before.ofType("AWS::Serverless::Function")) {
      boolean changed = !configuration(before, function).equals(configuration(after, function));
      boolean published = !description(before, function).equals(description(after, function));
      assertThat(published).as(function).isEqualTo(changed);
    }
  }

  private static Map<String, Object> configuration(Template template, String function) {
    Map<String, Object> properties = new LinkedHashMap<>(template.properties(function));
    properties.keySet().removeAll(NOT_IN_A_VERSION);
    return properties;
  }

  private static String description(Template template, String function) {
    return String.valueOf(template.properties(function).get("VersionDescription"));
  }

  /** The test above would pass if no parameter reached a function. */
  @Test
  void theRetentionReachesAllThatWriteRecords() {
    Template template = Template.read(FILE, Map.of("AuditRetentionDays", "90"));
    assertThat(
            List.of(
                "VendFunction",
                "AdminFunction",
                "MineFunction",
                "ReprobeFunction",
                "SettleFunction"))
        .allSatisfy(
            function ->
                assertThat(template.environment(function))
                    .containsEntry("AUDIT_RETENTION_DAYS", "90"));
  }

  @Test
  void theLongestValuesFitIntoADescription() {
    String pattern = "*:role/" + "p".repeat(63);
    String url = "https://b.s3.amazonaws.com/" + "u".repeat(78);
    Template template =
        Template.read(
            FILE,
            Map.of(
                "VendorRoleName",
                "r".repeat(64),
                "ClientRolePattern",
                pattern,
                "ClientTemplateUrl",
                url,
                "AuditRetentionDays",
                "99999"));

    for (String function : template.ofType("AWS::Serverless::Function")) {
      assertThat(description(template, function)).hasSizeLessThanOrEqualTo(LONGEST);
    }
    assertThat(description(template, "AdminFunction")).contains(pattern, url);
    for (var tooLong :
        Map.of(
                "VendorRoleName",
                "r".repeat(65),
                "ClientRolePattern",
                pattern + "p",
                "ClientTemplateUrl",
                url + "u",
                "AuditRetentionDays",
                "100000")
            .entrySet()) {
      assertThatThrownBy(() -> Template.read(FILE, Map.of(tooLong.getKey(), tooLong.getValue())))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static List<Object> settings() {
    return Tree.listAt(NOISY.properties("Api"), "MethodSettings");
  }

  /** API Gateway takes the most specific setting of a method, and that of all methods otherwise. */
  private static Object settingsOf(Route route) {
    return settings().stream()
        .filter(
            each ->
                path(each).equals(route.path())
                    && route.method().equals(Tree.textAt(each, "HttpMethod")))
        .findFirst()
        .orElseGet(
            () ->
                settings().stream()
                    .filter(each -> path(each).equals("*"))
                    .findFirst()
                    .orElseThrow());
  }

  /** As CloudFormation reads it: all slashes but the first are encoded. */
  private static String path(Object settings) {
    return Tree.requiredAt(settings, "ResourcePath").substring(1).replace("~1", "/");
  }

  @Test
  void theParametersAreThoseOfCredentialsAlone() {
    assertThat(NOISY.routes()).hasSizeGreaterThan(10);
    for (Route route : NOISY.routes()) {
      boolean credentials = route.path().equals("/credentials");
      Object settings = settingsOf(route);
      boolean ofClients = route.path().startsWith("/mine/");
      String rate = credentials ? "5000" : !ofClients ? "10" : suspends(route) ? "20" : "5";
      String burst = credentials ? "1000" : !ofClients ? "20" : suspends(route) ? "40" : "10";
      assertThat(Tree.textAt(settings, "ThrottlingRateLimit")).as(route.path()).isEqualTo(rate);
      assertThat(Tree.textAt(settings, "ThrottlingBurstLimit")).as(route.path()).isEqualTo(burst);
    }
  }

  private static boolean suspends(Route route) {
    return route.path().equals("/mine/suspend");
  }

  @Test
  void everySettingIsOfARouteThatThereIs_AndCountsWithoutLoggingBodies() {
    assertThat(settings())
        .allSatisfy(
            each -> {
              assertThat(Tree.textAt(each, "MetricsEnabled")).isEqualTo("true");
              assertThat(Tree.textAt(each, "DataTraceEnabled")).isEqualTo("false");
              assertThat(Tree.textAt(each, "LoggingLevel")).isEqualTo("OFF");
            })
        .extracting(ParametersTest::path)
        .filteredOn(path -> !path.equals("*"))
        .isSubsetOf(NOISY.routes().stream().map(Route::path).toList());
  }

  @Test
  void concurrencyIsReservedOnlyIfItIsAskedFor() {
    Template reserved =
        Template.read(FILE, Map.of("VendConcurrency", "50", "AdminConcurrency", "5"));

    for (String function : NOISY.ofType("AWS::Serverless::Function")) {
      assertThat(NOISY.properties(function)).doesNotContainKey("ReservedConcurrentExecutions");
    }
    assertThat(concurrency(reserved, "VendFunction")).isEqualTo("50");
    assertThat(concurrency(reserved, "AdminFunction")).isEqualTo("5");
  }

  @ParameterizedTest
  @CsvSource({
    "RequestBurst, 0",
    "RequestBurst, 5001",
    "RequestBurst, 1.5",
    "VendConcurrency, 00",
    "AdminConcurrency, 0.0",
    "AuditRetentionDays, 0",
    "ClientTemplateUrl, http://b.s3.amazonaws.com/client-role.yaml",
    "ClientTemplateUrl, https://example.com/client-role.yaml",
    "DeniedBurstThreshold, 0"
  })
  void whatAwsWouldRefuseInTheMiddleOfADeploymentIsRefusedAtItsStart(String name, String value) {
    assertThatThrownBy(() -> Template.read(FILE, Map.of(name, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name);
  }

  private static String concurrency(Template template, String function) {
    return Tree.requiredAt(template.properties(function), "ReservedConcurrentExecutions");
  }
}
