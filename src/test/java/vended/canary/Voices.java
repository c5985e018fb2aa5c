package vended.canary;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * All that this process says: both standard streams, and each line of the JDK's log, whatever its
 * level.
 */
final class Voices implements AutoCloseable {
  /** The logger of the JDK's HTTP client, which the SDK calls for the container's credentials. */
  static final String CONNECTIONS = "sun.net.www.protocol.http.HttpURLConnection ";

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private final Logger root = Logger.getLogger("");
  private final Level level = root.getLevel();
  private final Handler handler = new Listener();

  private final class Listener extends Handler {
    private final SimpleFormatter formatter = new SimpleFormatter();

    @Override
    public void publish(LogRecord line) {
      // The stand-ins' HTTP server has no part in the service.
      String name = String.valueOf(line.getLoggerName());
      if (!name.startsWith("com.sun.net.httpserver")) {
        String text = name + " " + formatter.format(line).replace("\n", " ") + "\n";
        said.writeBytes(text.getBytes(UTF_8));
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  Voices() {
    PrintStream recorder = new PrintStream(said, true, UTF_8);
    System.setOut(recorder);
    System.setErr(recorder);
    handler.setLevel(Level.ALL);
    root.addHandler(handler);
    root.setLevel(Level.ALL);
  }

  byte[] said() {
    return said.toByteArray();
  }

  @Override
  public void close() {
    System.setOut(out);
    System.setErr(err);
    root.removeHandler(handler);
    root.setLevel(level);
  }
}
