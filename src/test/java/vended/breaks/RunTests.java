package vended.breaks;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Arrays;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** The main class of a JVM that runs classes of tests, and exits with what became of them. */
final class RunTests {
  /** All passed. */
  static final int PASSED = 0;

  /** At least one failed. */
  static final int FAILED = 10;

  /** There was none. */
  static final int NONE = 11;

  private RunTests() {}

  /** Takes the names of classes. */
  public static void main(String[] classes) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(Arrays.stream(classes).map(name -> selectClass(name)).toList())
            .build();
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create().execute(request, listener);
    TestExecutionSummary summary = listener.getSummary();
    summary
        .getFailures()
        .forEach(
            failure ->
                System.out.println(
                    "FAILED "
                        + failure.getTestIdentifier().getDisplayName()
                        + ": "
                        + failure.getException()));
    if (summary.getTestsFoundCount() == 0) {
      System.exit(NONE);
    }
    System.exit(summary.getTotalFailureCount() == 0 ? PASSED : FAILED);
  }
}
