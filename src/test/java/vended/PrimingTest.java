package vended;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.security.Security;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import vended.api.Sample;
import vended.api.admin.AdminHandler;
import vended.api.audit.AuditHandler;
import vended.api.mine.MineHandler;
import vended.api.schedule.ReprobeHandler;
import vended.api.schedule.SettleHandler;
import vended.api.schedule.WatchHandler;
import vended.api.vend.VendHandler;
import vended.priming.CannedAws;
import vended.priming.SampleRows;
import vended.probe.Pause;

/** Priming in this process, where no AWS service can be reached. */
class PrimingTest {
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();

  private static Map<String, String> withoutServices() {
    Map<String, String> environment = new HashMap<>();
    environment.put("AWS_REGION", "eu-west-1");
    environment.put("ALLOW_LIST_TABLE", "allow-list");
    environment.put("AUDIT_TABLE", "audit");
    environment.put("STACK_NAME", "vended");
    environment.put("CLIENT_VIEW", "true");
    environment.put("VENDOR_ROLE_ARN", "arn:aws:iam::111122223333:role/vended-vendor");
    environment.put("AWS_ACCESS_KEY_ID", "AKIAEXAMPLEEXAMPLE00");
    environment.put("AWS_SECRET_ACCESS_KEY", "none");
    // Nothing listens on port 1.
    environment.put("AWS_ENDPOINT_URL_DYNAMODB", "http://127.0.0.1:1");
    environment.put("AWS_ENDPOINT_URL_STS", "http://127.0.0.1:1");
    return environment;
  }

  private Priming priming(Priming.Path inMemory, Priming.Path reading) {
    return new Priming(
        new Wiring(withoutServices(), Clock.systemUTC()),
        inMemory,
        reading,
        1,
        new PrintStream(log, true, UTF_8));
  }

  static Stream<Arguments> samples() {
    return Stream.of(
        Arguments.of("vend", VendHandler.sample()),
        Arguments.of("admin", AdminHandler.sample()),
        Arguments.of("audit", AuditHandler.sample()),
        Arguments.of("reprobe", ReprobeHandler.sample()),
        Arguments.of("settle", SettleHandler.sample()),
        Arguments.of("mine", MineHandler.sample()),
        Arguments.of("watch", WatchHandler.sample()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("samples")
  void eachFunctionAnswersItsSampleFromMemory(String name, Priming.Path sample) {
    priming(sample, sample).rehearse(2);
    assertThat(log.toString(UTF_8)).isEmpty();
  }

  /** Without a snapshot, it runs at each start. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("samples")
  void aSampleAsksForLittle(String name, Priming.Path sample) throws Exception {
    AtomicInteger requests = new AtomicInteger();
    CannedAws counting =
        new CannedAws() {
          @Override
          public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
            requests.incrementAndGet();
            return super.prepareRequest(request);
          }
        };
    Settings settings = new Settings(withoutServices());
    try (AwsClients clients = AwsClients.canned(settings, TimeLimits.OF_FUNCTION, counting)) {
      Clock clock = Clock.fixed(SampleRows.AT, ZoneOffset.UTC);
      PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
      assertThat(sample.run(new Wiring(clients, clock, Pause.sleeping(), nowhere))).isTrue();
    }
    assertThat(requests.get()).isBetween(1, 30);
  }

  @Test
  void aSnapshotIsMadeEvenIfNoServiceAnswers() {
    Priming.Path reading = new Sample(VendHandler::new, "/roles", "{}");
    priming(VendHandler.sample(), reading).beforeCheckpoint(null);
    assertThat(log.toString(UTF_8).strip()).isEqualTo("priming failed");
  }

  @Test
  void inASnapshotTheJvmKeepsNoAddresses() {
    String ttl = Security.getProperty("networkaddress.cache.ttl");
    String negative = Security.getProperty("networkaddress.cache.negative.ttl");
    try {
      Map<String, String> environment = withoutServices();
      environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
      new Priming(
              new Wiring(environment, Clock.systemUTC()),
              VendHandler.sample(),
              null,
              1,
              new PrintStream(log, true, UTF_8))
          .start();
      assertThat(Security.getProperty("networkaddress.cache.ttl")).isEqualTo("0");
      assertThat(Security.getProperty("networkaddress.cache.negative.ttl")).isEqualTo("0");
    } finally {
      Security.setProperty("networkaddress.cache.ttl", ttl == null ? "30" : ttl);
      Security.setProperty("networkaddress.cache.negative.ttl", negative);
    }
  }

  @Test
  void aFunctionStartsEvenIfNoServiceAnswers() {
    priming(VendHandler.sample(), new Sample(VendHandler::new, "/roles", "{}")).prime();
    assertThat(log.toString(UTF_8).strip()).isEqualTo("priming failed");
  }

  @Test
  void whateverAPathThrows_TheStartGoesOn_AndTheLogNamesNoMore() {
    Priming.Path failing =
        wiring -> {
          throw new IllegalStateException("a secret");
        };
    Priming.Path unlinked =
        wiring -> {
          throw new NoClassDefFoundError("a/Serializer");
        };
    priming(failing, unlinked).beforeCheckpoint(null);
    assertThat(log.toString(UTF_8).lines())
        .containsExactly(
            "priming failed: java.lang.IllegalStateException",
            "priming failed: java.lang.NoClassDefFoundError");
  }
}
