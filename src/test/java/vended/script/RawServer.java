package vended.script;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that answers with bytes that no HTTP library would send. */
final class RawServer implements AutoCloseable {
  final AtomicInteger connections = new AtomicInteger();
  private final ServerSocket server;
  private final Answerer answerer;

  /** Writes to a connection whose request has been read. */
  @FunctionalInterface
  interface Answerer {
    void answer(Socket socket, OutputStream out) throws IOException, InterruptedException;
  }

  RawServer(Answerer answerer) {
    this.answerer = answerer;
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  /** Says so in its head, whatever the body is. */
  static RawServer json(byte[] body) {
    return new RawServer(
        (socket, out) -> {
          out.write(head("200 OK", "application/json", body.length));
          out.write(body);
        });
  }

  static byte[] head(String status, String type, int length) {
    return "HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
        .formatted(status, type, length)
        .getBytes(StandardCharsets.US_ASCII);
  }

  String url() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        connections.incrementAndGet();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      readRequest(socket);
      OutputStream out = socket.getOutputStream();
      answerer.answer(socket, out);
      out.flush();
    } catch (IOException | InterruptedException gone) {
      // The script hung up, as it should on much of this.
    }
  }

  private static void readRequest(Socket socket) throws IOException {
    var reader =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    int length = 0;
    for (String line = reader.readLine();
        line != null && !line.isEmpty();
        line = reader.readLine()) {
      String lower = line.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(lower.substring(15).strip());
      }
    }
    for (int i = 0; i < length; i++) {
      if (reader.read() < 0) {
        return;
      }
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
