package vended.local;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A connection to the service behind a proxy, opened when it is needed. For one thread. */
final class Upstream implements AutoCloseable {
  /** Less than Jetty keeps a connection that nobody uses: 30 seconds. */
  private static final long IDLE = Duration.ofSeconds(10).toNanos();

  private final URI url;
  private @Nullable Socket socket;
  private @Nullable InputStream in;
  private long used;

  Upstream(URI url) {
    this.url = url;
  }

  /** Passes a request on, and reads its answer. */
  byte[] send(WireRequest request) throws IOException {
    if (socket != null && System.nanoTime() - used > IDLE) {
      close();
    }
    if (socket == null || in == null) {
      socket = new Socket(url.getHost(), url.getPort());
      socket.setTcpNoDelay(true);
      in = new BufferedInputStream(socket.getInputStream());
    }
    byte[] answer = exchange(request, socket.getOutputStream(), in);
    used = System.nanoTime();
    if (!WireResponse.keepsOpen(answer)) {
      close();
    }
    return answer;
  }

  private static byte[] exchange(WireRequest request, OutputStream out, InputStream in)
      throws IOException {
    byte[] head = request.head().getBytes(ISO_8859_1);
    byte[] body = request.body().getBytes(UTF_8);
    byte[] all = new byte[head.length + body.length];
    System.arraycopy(head, 0, all, 0, head.length);
    System.arraycopy(body, 0, all, head.length, body.length);
    out.write(all);
    out.flush();
    return WireResponse.read(in);
  }

  @Override
  public void close() throws IOException {
    if (socket != null) {
      socket.close();
      socket = null;
      in = null;
    }
  }
}
