package vended;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vended.api.SampleContext;
import vended.api.vend.VendHandler;
import vended.local.AllowListRows;
import vended.local.Functions;
import vended.local.LocalStack;
import vended.local.Options;
import vended.local.Relay;
import vended.local.TestStack;
import vended.probe.Pause;

/** Connections to AWS are kept, and none that ended meanwhile costs a vend. */
class KeptConnectionsTest {
  /** Without the proxies of faults, which end each connection after a request. */
  @RegisterExtension
  static final TestStack OWN = TestStack.of(Options.of(Functions.ofService(TestStack.PATIENT)));

  private static final LocalStack stack = OWN.stack();

  @SuppressWarnings("NullAway.Init")
  private Relay dynamoDb;

  @SuppressWarnings("NullAway.Init")
  private Relay sts;

  @SuppressWarnings("NullAway.Init")
  private VendHandler handler;

  @BeforeEach
  void start() throws IOException {
    Map<String, String> environment = new HashMap<>(stack.environment());
    dynamoDb = new Relay(environment, "DYNAMODB");
    sts = new Relay(environment, "STS");
    handler =
        new VendHandler(
            new Wiring(environment, Clock.systemUTC(), Pause.sleeping(), TestStack.PATIENT));
    var grant =
        AllowListRows.grant(
            "arn:aws:iam::111122223333:role/Deployer",
            "AROAEXAMPLEDEPLOYER1",
            stack.demonstration().roleArn(),
            Instant.now());
    stack.tables().client().putItem(put -> put.tableName(stack.allowListTable()).item(grant));
  }

  @AfterEach
  void stop() throws IOException {
    dynamoDb.close();
    sts.close();
  }

  private int vend() throws IOException {
    APIGatewayProxyRequestEvent event =
        LambdaEventSerializers.serializerFor(
                APIGatewayProxyRequestEvent.class, getClass().getClassLoader())
            .fromJson(Files.readString(Path.of("events/granted.json")));
    return handler.handleRequest(event, new SampleContext()).getStatusCode();
  }

  @Test
  void manyVendsNeedOneConnectionToEachService() throws IOException {
    for (int i = 0; i < 5; i++) {
      assertThat(vend()).isEqualTo(200);
    }
    assertThat(dynamoDb.accepted()).isEqualTo(1);
    assertThat(sts.accepted()).isEqualTo(1);
  }

  @ParameterizedTest(name = "by a reset: {0}")
  @ValueSource(booleans = {false, true})
  void whereTheOtherSideEndedAllConnections_TheNextVendSucceeds_AndIsRecordedOnce(boolean reset)
      throws IOException {
    assertThat(vend()).isEqualTo(200);
    int records = records();

    dynamoDb.endAll(reset);
    sts.endAll(reset);

    assertThat(vend()).isEqualTo(200);
    assertThat(records() - records).as("an intent and an outcome").isEqualTo(2);
  }

  private static int records() {
    return stack.tables().client().scan(scan -> scan.tableName(stack.auditTable())).count();
  }
}
