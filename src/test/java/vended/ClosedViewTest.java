package vended;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vended.api.SampleContext;
import vended.api.mine.MineHandler;
import vended.local.LocalStack;
import vended.local.TestStack;
import vended.probe.Pause;

/** The client's view of a vendor who has not opened it. */
class ClosedViewTest {
  @RegisterExtension static final TestStack SHARED = TestStack.shared();

  private static final LocalStack stack = SHARED.stack();

  @ParameterizedTest
  @CsvSource({"true, 200", "false, 404", ", 404"})
  void itAnswersOnlyOnceItIsOpened(String on, int status) throws Exception {
    Map<String, String> environment = new HashMap<>(stack.environment());
    environment.remove("CLIENT_VIEW");
    if (on != null) {
      environment.put("CLIENT_VIEW", on);
    }
    Wiring wiring = new Wiring(environment, Clock.systemUTC(), Pause.sleeping(), TestStack.PATIENT);
    try {
      assertThat(new MineHandler(wiring).handleRequest(suspension(), new SampleContext()))
          .extracting("statusCode")
          .isEqualTo(status);
    } finally {
      Wirings.close(wiring);
    }
    assertThat(stack.tables().rows(stack.allowListTable()).toString().contains("mine#"))
        .isEqualTo(status == 200);
  }

  /** An event of API Gateway: a principal of the client's account suspends it. */
  private static APIGatewayProxyRequestEvent suspension() throws IOException {
    APIGatewayProxyRequestEvent event =
        LambdaEventSerializers.serializerFor(
                APIGatewayProxyRequestEvent.class, ClosedViewTest.class.getClassLoader())
            .fromJson(
                Files.readString(Path.of("events/granted.json"))
                    .replace("/credentials", "/mine/suspend")
                    .replace("111122223333", stack.demonstration().account()));
    return event.withBody("{\"suspended\":true}");
  }
}
