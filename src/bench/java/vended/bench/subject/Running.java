package vended.bench.subject;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import vended.bench.os.ProcessCpu;
import vended.lambda.CredentialsEndpoint;
import vended.lambda.RuntimeApi;

/** A subject's process, with a Runtime API and stand-ins of its own. */
public final class Running implements AutoCloseable {
  private static final String FUNCTION =
      "arn:aws:lambda:eu-west-1:111122223333:function:vended-vend:live";

  private final Subject subject;
  private final RuntimeApi api;
  private final @Nullable CredentialsEndpoint credentials;
  private final Target target;
  private final Path output;
  private final String event;
  private final Process process;
  private final long startedAt;

  /** What a function is started with. */
  public record Setup(
      StandIns standIns, boolean tls, Map<String, String> variables, String event, Path folder) {
    public Setup {
      variables = Map.copyOf(variables);
    }
  }

  /**
   * One vend.
   *
   * @param start {@link System#nanoTime} when the event was given
   * @param end when the answer was there
   * @param granted whether it has credentials; otherwise one of the calls took too long
   */
  public record Vend(long start, long end, boolean granted) {
    /** Its duration in milliseconds. */
    public double millis() {
      return (end - start) / 1e6;
    }
  }

  /** Starts a function. */
  public Running(Setup setup, Subject subject) throws IOException {
    this(setup, subject, List.of(), List.of(), false);
  }

  /**
   * Starts a function.
   *
   * @param prefix a program that starts it, with its arguments
   * @param flags of a JVM
   * @param snapStart whether it waits for {@link #restore} before its first vend
   */
  public Running(
      Setup setup, Subject subject, List<String> prefix, List<String> flags, boolean snapStart)
      throws IOException {
    this.subject = subject;
    this.event = setup.event();
    this.api = new RuntimeApi(FUNCTION);
    this.target = setup.standIns().open(setup.tls());
    Map<String, String> variables = new HashMap<>(setup.variables());
    variables.put("AWS_ENDPOINT_URL_DYNAMODB", target.dynamoDb());
    variables.put("AWS_ENDPOINT_URL_STS", target.sts());
    this.credentials = snapStart ? new CredentialsEndpoint(variables) : null;
    this.output = Files.createTempFile(setup.folder(), subject.name().replace(' ', '-'), ".txt");
    this.startedAt = System.nanoTime();
    this.process =
        subject.start(
            prefix,
            flags,
            api.address(),
            credentials == null ? variables : credentials.underSnapStart(variables),
            output);
    var _ = process.onExit().thenRun(api::ended);
  }

  public Subject subject() {
    return subject;
  }

  public Target target() {
    return target;
  }

  public ProcessHandle process() {
    return process.toHandle();
  }

  /** {@link System#nanoTime} at the process's start. */
  public long startedAt() {
    return startedAt;
  }

  /** The CPU time so far, user and system, in milliseconds. */
  public double cpuMillis() {
    return ProcessCpu.nanos(process.toHandle()) / 1e6;
  }

  /** Waits until it takes events; gives {@link System#nanoTime} of that. */
  public long awaitReady() {
    return orFail(api::awaitReady);
  }

  /** Waits until it is as a snapshot would have it. */
  public void awaitCheckpoint() {
    orFail(api::awaitCheckpoint);
  }

  /** Says that it was restored; {@link #awaitReady} is when its hooks have run. */
  public void restore() {
    api.restore();
  }

  /**
   * Vends once, in a function that may be too slow for its own time limits.
   *
   * @throws IllegalStateException if the answer is neither credentials nor an invitation to ask
   *     again
   */
  public Vend tryVend() {
    RuntimeApi.Answer answer = orFail(() -> api.invoke(event));
    String body = answer.body().replace(" ", "");
    boolean granted = body.contains("\"statusCode\":200");
    if (!answer.path().equals("response") || !(granted || body.contains("\"statusCode\":503"))) {
      throw failure(answer.body());
    }
    return new Vend(answer.eventAt(), answer.nanoTime(), granted);
  }

  /** Vends once, with success. */
  public Vend vend() {
    Vend vend = tryVend();
    if (!vend.granted()) {
      throw failure("no credentials");
    }
    return vend;
  }

  /** Vends some times, however slow the first ones are. */
  public void warmUp(int times) {
    for (int i = 0; i < times; i++) {
      tryVend();
    }
  }

  /** Vends some times, one after the other. */
  public List<Vend> vend(int times) {
    List<Vend> vends = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      vends.add(vend());
    }
    return vends;
  }

  private interface Waiting<T> {
    T get() throws InterruptedException, TimeoutException, ExecutionException;
  }

  private <T> T orFail(Waiting<T> waiting) {
    try {
      return waiting.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (TimeoutException | ExecutionException e) {
      throw failure(e.toString());
    }
  }

  private IllegalStateException failure(String what) {
    String printed;
    try {
      String all = Files.readString(output, UTF_8);
      printed = all.substring(Math.max(0, all.length() - 2000));
    } catch (IOException e) {
      printed = e.toString();
    }
    return new IllegalStateException(subject.name() + ": " + what + "\n" + printed);
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    api.close();
    if (credentials != null) {
      credentials.close();
    }
    target.close();
  }
}
