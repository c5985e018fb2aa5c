package vended.canary;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import vended.TimeLimits;
import vended.Wiring;
import vended.api.SampleContext;
import vended.api.vend.VendHandler;

/** One vend of {@code events/granted.json} in a process of its own, by its environment. */
final class LoggedVend {
  private LoggedVend() {}

  public static void main(String[] args) throws Exception {
    var event =
        LambdaEventSerializers.serializerFor(
                APIGatewayProxyRequestEvent.class, LoggedVend.class.getClassLoader())
            .fromJson(Files.readString(Path.of("events/granted.json")));
    var wiring =
        new Wiring(System.getenv(), Clock.systemUTC(), duration -> {}, TimeLimits.OF_FUNCTION);
    var response = new VendHandler(wiring).handleRequest(event, new SampleContext());
    System.out.println("status " + response.getStatusCode());
  }
}
