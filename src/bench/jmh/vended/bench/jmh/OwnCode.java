package vended.bench.jmh;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import vended.allowlist.Client;
import vended.allowlist.ClientRole;
import vended.allowlist.Grant;
import vended.allowlist.InMemoryAllowList;
import vended.api.SampleContext;
import vended.api.vend.VendHandler;
import vended.audit.AuditLog;
import vended.audit.VendId;
import vended.identity.AssumableRoles;
import vended.identity.CallerArn;
import vended.identity.RoleArn;
import vended.json.JsonObject;
import vended.probe.ProbeRole;
import vended.sts.IssuedCredentials;
import vended.sts.RoleAssumer;
import vended.vending.ListRoles;
import vended.vending.VendCredentials;

/** What our own code takes of a vend: with tables and an STS that answer from memory. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = "-XX:+UseSerialGC")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class OwnCode {
  private static final RoleArn ROLE =
      RoleArn.parse("arn:aws:iam::444455556666:role/vended/deploy").orElseThrow();
  private static final CallerArn CALLER =
      CallerArn.parse("arn:aws:iam::111122223333:role/Deployer").orElseThrow();

  private final PojoSerializer<APIGatewayProxyRequestEvent> events =
      LambdaEventSerializers.serializerFor(
          APIGatewayProxyRequestEvent.class, OwnCode.class.getClassLoader());
  private final String text = read();
  private final APIGatewayProxyRequestEvent event = events.fromJson(text);
  private final Context context = new SampleContext();
  private final VendHandler handler = handler();

  /** A whole vend but for the calls. */
  @Benchmark
  public APIGatewayProxyResponseEvent vend() {
    return handler.handleRequest(event, context);
  }

  /** The runtime's reading of an event. */
  @Benchmark
  public APIGatewayProxyRequestEvent event() {
    return events.fromJson(text);
  }

  /** Our reading of a body. */
  @Benchmark
  public Object body() {
    return JsonObject.read(event.getBody());
  }

  private static String read() {
    try {
      return Files.readString(Path.of("events/granted.json"));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static VendHandler handler() {
    Clock clock = Clock.systemUTC();
    SecureRandom random = new SecureRandom();
    ClientRole verified = ClientRole.verified(Instant.EPOCH, "a probe", true, true);
    InMemoryAllowList allowList =
        new InMemoryAllowList()
            .with(
                new Client(
                    ROLE.account(),
                    "Example Client",
                    "0123456789abcdef0123456789abcdef",
                    false,
                    false,
                    Map.of(ROLE, verified),
                    1))
            .with(
                new Grant(
                    CALLER,
                    ROLE,
                    "AROAEXAMPLEDEPLOYER1",
                    3600,
                    null,
                    List.of(),
                    Map.of(),
                    null,
                    null,
                    false,
                    null,
                    1));
    AuditLog audit = record -> {};
    RoleAssumer sts = OwnCode::issue;
    return new VendHandler(
        new VendCredentials(allowList, audit, sts, clock),
        new ListRoles(allowList, clock),
        new ProbeRole(allowList, audit, sts, AssumableRoles.ALL, pause -> {}, clock, random),
        VendId.source(clock, random));
  }

  private static RoleAssumer.Answer issue(vended.sts.AssumeRole call) {
    Instant end = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(call.durationSeconds());
    return new RoleAssumer.Issued(
        new IssuedCredentials(
            "ASIAEXAMPLEISSUED001",
            "exampleSecretAccessKeyexampleSecretAcces",
            "x".repeat(640),
            end,
            call.role().sessionArn(call.sessionName()),
            "AROAEXAMPLEDEPLOY0001:" + call.sessionName(),
            6,
            "01234567-89ab-cdef-0123-456789abcdef"));
  }
}
