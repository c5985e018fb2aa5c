package vended.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Function;
import vended.Priming;
import vended.Wiring;

/**
 * Runs a step's function on a sample input, to prime it.
 *
 * @param function makes the function of an object graph
 * @param input a JSON object
 */
public record StepSample(Function<Wiring, ? extends RequestStreamHandler> function, String input)
    implements Priming.Path {
  @Override
  public boolean run(Wiring wiring) throws IOException {
    function
        .apply(wiring)
        .handleRequest(
            new ByteArrayInputStream(input.getBytes(UTF_8)),
            OutputStream.nullOutputStream(),
            new SampleContext());
    return true;
  }
}
