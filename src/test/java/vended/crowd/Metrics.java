package vended.crowd;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;

/** Counts the metric of granted vends in what the functions print. */
final class Metrics extends OutputStream {
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private long granted;

  @Override
  public synchronized void write(int next) {
    if (next == '\n') {
      granted += line.toString(UTF_8).contains("\"Granted\":1") ? 1 : 0;
      line.reset();
    } else {
      line.write(next);
    }
  }

  /** How many vends were granted, by the metric. */
  synchronized long granted() {
    return granted;
  }
}
