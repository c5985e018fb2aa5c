package vended.bench.subject;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import vended.bench.os.ProcessCpu;
import vended.lambda.LambdaProcess;
import vended.lambda.RuntimeApi;

/** One of a jar's functions, on the laptop's stack: where the rows matter, not the latency. */
public final class StackFunction implements AutoCloseable {
  /** The longest of these functions'. */
  private static final Duration TIMEOUT = Duration.ofSeconds(28);

  private final RuntimeApi api;
  private final LambdaProcess process;

  /** What one event took, in milliseconds. */
  public record Took(double millis, double cpuMillis, String body) {}

  /**
   * Starts a function.
   *
   * @param handler as this build's template names it
   * @param name of the function
   * @param environment its variables
   */
  public StackFunction(
      JavaSubject subject,
      String handler,
      String name,
      Map<String, String> environment,
      Path folder)
      throws IOException {
    api =
        new RuntimeApi(
            "arn:aws:lambda:eu-west-1:111122223333:function:vended-" + name + ":live", TIMEOUT);
    List<String> flags = subject.allFlags();
    process =
        LambdaProcess.start(
            List.of(),
            flags,
            subject.taskRoot(),
            JavaSubject.handlerIn(subject.taskRoot(), handler),
            api.address(),
            environment,
            Files.createTempFile(folder, name, ".txt"));
    var _ = process.process().onExit().thenRun(api::ended);
  }

  /** Waits until it takes events. */
  public void awaitReady() throws InterruptedException, TimeoutException, ExecutionException {
    var _ = api.awaitReady();
  }

  public ProcessHandle process() {
    return process.process().toHandle();
  }

  /** Has it answer an event, with success. */
  public Took ask(String event) throws InterruptedException, TimeoutException, IOException {
    double before = cpuMillis();
    RuntimeApi.Answer answer = api.invoke(event);
    double cpu = cpuMillis() - before;
    if (!answer.body().contains("\"statusCode\":200")) {
      throw new IllegalStateException(answer.body() + "\n" + process.output());
    }
    return new Took((answer.nanoTime() - answer.eventAt()) / 1e6, cpu, answer.body());
  }

  /** Has it answer an event, however slow it is at first. */
  public void warmUp(String event) throws InterruptedException, TimeoutException {
    var _ = api.invoke(event);
  }

  private double cpuMillis() {
    return ProcessCpu.nanos(process.process().toHandle()) / 1e6;
  }

  @Override
  public void close() throws IOException {
    process.close();
    api.close();
  }
}
