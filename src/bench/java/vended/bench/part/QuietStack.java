package vended.bench.part;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import vended.local.Functions;
import vended.local.LocalStack;
import vended.local.Options;

/** The laptop's stack, whose functions print no metrics between the benchmark's own lines. */
final class QuietStack {
  private QuietStack() {}

  static LocalStack start() throws IOException {
    PrintStream out = System.out;
    System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, UTF_8));
    try {
      return LocalStack.start(Options.of(Functions.ofService()));
    } finally {
      System.setOut(out);
    }
  }
}
