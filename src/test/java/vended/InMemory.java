package vended;

import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Map;
import vended.local.TestStack;
import vended.priming.CannedAws;
import vended.priming.SampleRows;

/**
 * The functions' object graph on answers of AWS from memory, those that functions are primed on.
 */
public final class InMemory {
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "ALLOW_LIST_TABLE", "allow-list",
          "STACK_NAME", "vended",
          "AUDIT_TABLE", "audit",
          "VENDOR_ROLE_ARN", "arn:aws:iam::" + SampleRows.VENDOR + ":role/vended-vendor",
          "AWS_REGION", "eu-west-1",
          "AWS_ACCESS_KEY_ID", "AKIAEXAMPLE",
          "AWS_SECRET_ACCESS_KEY", "secret-of-the-function");

  private InMemory() {}

  /** A graph whose clock stands still and whose metrics go nowhere. */
  public static Wiring wiring() {
    return new Wiring(
        AwsClients.canned(new Settings(ENVIRONMENT), TestStack.PATIENT, new CannedAws()),
        Clock.fixed(SampleRows.AT, ZoneOffset.UTC),
        duration -> {},
        new PrintStream(OutputStream.nullOutputStream()));
  }
}
