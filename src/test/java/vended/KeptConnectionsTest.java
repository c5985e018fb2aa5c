package vended;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
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
    dynamoDb = new Relay(endpoint(environment, "DYNAMODB"));
    sts = new Relay(endpoint(environment, "STS"));
    environment.put("AWS_ENDPOINT_URL_DYNAMODB", dynamoDb.url());
    environment.put("AWS_ENDPOINT_URL_STS", sts.url());
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

  private static URI endpoint(Map<String, String> environment, String service) {
    return URI.create(environment.getOrDefault("AWS_ENDPOINT_URL_" + service, ""));
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

  /** Passes bytes on, as they are, and can end all connections. */
  private static final class Relay implements AutoCloseable {
    private final URI upstream;
    private final ServerSocket listener = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final AtomicInteger accepted = new AtomicInteger();

    Relay(URI upstream) throws IOException {
      this.upstream = upstream;
      executor.execute(this::listen);
    }

    String url() {
      return "http://127.0.0.1:" + listener.getLocalPort();
    }

    int accepted() {
      return accepted.get();
    }

    private void listen() {
      try {
        while (true) {
          Socket near = listener.accept();
          accepted.incrementAndGet();
          Socket far = new Socket(upstream.getHost(), upstream.getPort());
          open.add(near);
          executor.execute(() -> pass(near, far));
          executor.execute(() -> pass(far, near));
        }
      } catch (IOException e) {
        // The test is over.
      }
    }

    private static void pass(Socket from, Socket to) {
      try (from;
          to;
          InputStream in = from.getInputStream()) {
        in.transferTo(to.getOutputStream());
      } catch (IOException e) {
        // One side has ended the connection, and with it the other.
      }
    }

    void endAll(boolean reset) throws IOException {
      for (Socket socket : open) {
        if (reset) {
          socket.setSoLinger(true, 0);
        }
        socket.close();
      }
      open.clear();
    }

    @Override
    public void close() throws IOException {
      listener.close();
      endAll(false);
      executor.shutdownNow();
    }
  }
}
