package vended.bench.subject;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import vended.bench.standin.Main;
import vended.bench.standin.Tls;

/** The process of the stand-ins for DynamoDB and STS. */
public final class StandIns implements AutoCloseable {
  private final Process process;
  private final BufferedReader answers;
  private final Writer commands;
  private int opened;

  private StandIns(Process process) {
    this.process = process;
    this.answers = process.inputReader(UTF_8);
    this.commands = process.outputWriter(UTF_8);
  }

  /**
   * Starts it, and waits until it serves.
   *
   * @param table the allow-list's name
   */
  public static StandIns start(String table, Tls tls) throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            table,
            tls.keys().toString());
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    StandIns standIns = new StandIns(process);
    standIns.read();
    return standIns;
  }

  /** A DynamoDB and an STS for one function, without latency yet. */
  public Target open(boolean tls) {
    String name = "t" + opened++;
    String[] ports = ask("open " + name + (tls ? " tls" : " plain")).split(" ", -1);
    String start = (tls ? "https" : "http") + "://127.0.0.1:";
    return new Target(this, name, start + ports[0], start + ports[1]);
  }

  synchronized String ask(String command) {
    try {
      commands.write(command + "\n");
      commands.flush();
      return read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String read() throws IOException {
    String line = answers.readLine();
    if (line == null) {
      throw new IOException("the stand-ins have ended");
    }
    return line;
  }

  @Override
  public void close() {
    process.destroy();
  }
}
