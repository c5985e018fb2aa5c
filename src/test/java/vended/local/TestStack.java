package vended.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import vended.TimeLimits;
import vended.probe.Pause;
import vended.report.make.ReportLimits;

/**
 * The local stack under a test class, in a known state before each test. Starting one takes
 * seconds, so all classes that need no special settings share one per JVM.
 *
 * <pre>{@code
 * @RegisterExtension static final TestStack SHARED = TestStack.shared();
 * private static final LocalStack stack = SHARED.stack();
 * }</pre>
 */
public final class TestStack implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Duration SHORT = Duration.ofMillis(200);

  /** From here on a pause is for IAM, which tells all of its servers of a policy. */
  private static final Duration PROPAGATION = Duration.ofSeconds(2);

  /** So long that no test fails because the machine is busy. */
  public static final TimeLimits PATIENT = new TimeLimits(LONG, LONG, LONG, LONG, LONG, LONG, LONG);

  /** For an STS that does not answer: nobody waits for the limits of the deployed functions. */
  public static final TimeLimits HASTY_WITH_STS =
      new TimeLimits(LONG, LONG, LONG, LONG, LONG, SHORT, SHORT);

  private static @Nullable LocalStack ofJvm;

  /** Empty for the stack that all share. */
  private final Optional<Options> options;

  private final boolean eachTest;
  private final Optional<OutputStream> output;
  private @Nullable LocalStack own;

  private TestStack(Optional<Options> options, boolean eachTest, Optional<OutputStream> output) {
    this.options = options;
    this.eachTest = eachTest;
    this.output = output;
  }

  /** The stack that the classes of this JVM share, with faults and without short time limits. */
  public static TestStack shared() {
    return new TestStack(Optional.empty(), true, Optional.empty());
  }

  /** A stack of the class's own, closed after its last test. */
  public static TestStack of(Options options) {
    return new TestStack(Optional.of(options), true, Optional.empty());
  }

  /** Reset before the first test only: for rows that the class writes once and its tests read. */
  public TestStack resetOnce() {
    return new TestStack(options, false, output);
  }

  /** With what the functions print going there: their metrics. Only for a stack of its own. */
  public TestStack printingTo(OutputStream other) {
    return new TestStack(options, eachTest, Optional.of(other));
  }

  /** The stack, started when it is first asked for. */
  public LocalStack stack() {
    if (options.isEmpty()) {
      return ofJvm();
    }
    if (own == null) {
      own = output.isPresent() ? start(options.get(), output.get()) : start(options.get());
    }
    return own;
  }

  private static synchronized LocalStack ofJvm() {
    if (ofJvm == null) {
      ofJvm =
          start(
              Options.of(Functions.ofService(TestStack::pause, PATIENT, ReportLimits.ofFunction()))
                  .withFaults());
    }
    return ofJvm;
  }

  /** Changes that disturb each other wait; a trust policy is known here at once. */
  private static void pause(Duration duration) {
    if (duration.compareTo(PROPAGATION) < 0) {
      Pause.sleeping().pause(duration);
    }
  }

  /** The functions keep the standard output that there is when they start. */
  private static LocalStack start(Options options, OutputStream output) {
    PrintStream console = System.out;
    System.setOut(new PrintStream(output, true, UTF_8));
    try {
      return start(options);
    } finally {
      System.setOut(console);
    }
  }

  private static LocalStack start(Options options) {
    try {
      return LocalStack.start(options);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    if (!eachTest) {
      stack().reset();
    }
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    if (eachTest) {
      stack().reset();
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (own != null) {
      own.close();
    }
  }
}
