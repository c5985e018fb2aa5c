package vended.local;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Passes bytes on to a service, as they are, and can end all connections. */
public final class Relay implements AutoCloseable {
  private static final String REQUEST = "POST / HTTP/1.1";

  private final URI upstream;
  private final ServerSocket listener = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final AtomicInteger accepted = new AtomicInteger();
  private final AtomicInteger requests = new AtomicInteger();

  /**
   * Listens.
   *
   * @param environment of a function; its endpoint becomes this relay's
   * @param service as in the name of the variable with the endpoint
   */
  public Relay(Map<String, String> environment, String service) throws IOException {
    String variable = "AWS_ENDPOINT_URL_" + service;
    this.upstream = URI.create(environment.getOrDefault(variable, ""));
    environment.put(variable, "http://127.0.0.1:" + listener.getLocalPort());
    executor.execute(this::listen);
  }

  /** How many connections there were so far. */
  public int accepted() {
    return accepted.get();
  }

  /** How many requests went on to the service so far. */
  public int requests() {
    return requests.get();
  }

  /**
   * Ends all connections.
   *
   * @param reset by a reset, and not by an orderly end
   */
  public void endAll(boolean reset) throws IOException {
    for (Socket socket : open) {
      if (reset) {
        socket.setSoLinger(true, 0);
      }
      socket.close();
    }
    open.clear();
  }

  private void listen() {
    try {
      while (true) {
        Socket near = listener.accept();
        accepted.incrementAndGet();
        Socket far = new Socket(upstream.getHost(), upstream.getPort());
        open.add(near);
        executor.execute(() -> pass(near, far));
        executor.execute(() -> pass(far, near));
      }
    } catch (IOException e) {
      // The test is over.
    }
  }

  private void pass(Socket from, Socket to) {
    byte[] bytes = new byte[8192];
    String end = "";
    try (from;
        to;
        InputStream in = from.getInputStream()) {
      for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
        to.getOutputStream().write(bytes, 0, count);
        // With the end of what was read before, but without any whole request line of it.
        String read = end + new String(bytes, 0, count, ISO_8859_1);
        requests.addAndGet(read.split(REQUEST, -1).length - 1);
        end = read.substring(Math.max(0, read.length() - REQUEST.length() + 1));
      }
    } catch (IOException e) {
      // One side has ended the connection, and with it the other.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    endAll(false);
    executor.shutdownNow();
  }
}
