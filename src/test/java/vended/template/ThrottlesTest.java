package vended.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What one route takes is not at the expense of another. */
class ThrottlesTest {
  private static final Path FILE = Path.of("template.yaml");
  private static final Template NOISY =
      Template.read(FILE, Map.of("RequestsPerSecond", "5000", "RequestBurst", "1000"));

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
      assertThat(Tree.textAt(settings, "ThrottlingRateLimit"))
          .as(route.path())
          .isEqualTo(credentials ? "5000" : "10");
      assertThat(Tree.textAt(settings, "ThrottlingBurstLimit"))
          .as(route.path())
          .isEqualTo(credentials ? "1000" : "20");
    }
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
        .extracting(ThrottlesTest::path)
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

  private static String concurrency(Template template, String function) {
    return Tree.requiredAt(template.properties(function), "ReservedConcurrentExecutions");
  }
}
