package vended.lambda;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;

/**
 * An HTTP/1.1 server with one thread for each connection: nothing else stands between a client and
 * its response, so times taken here are the client's. It keeps connections for as long as clients
 * do.
 */
public final class ThreadedServer implements AutoCloseable {
  private final ServerSocket listener;
  private final Service service;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final AtomicInteger accepted = new AtomicInteger();

  /** What is served. */
  public interface Service {
    /** The response to a request; a thrown exception ends the connection. */
    HttpReply answer(HttpCall call) throws IOException, InterruptedException;
  }

  /** How a kept connection is lost. */
  public enum Loss {
    /** The client is told: what comes next on the connection is its end. */
    CLOSED,
    /**
     * The client is not told: its next request meets a reset, as on a connection that a snapshot
     * remembers and the network does not.
     */
    FORGOTTEN
  }

  /** Serves plain HTTP on any free port of the loopback address. */
  public ThreadedServer(Service service) throws IOException {
    this(ServerSocketFactory.getDefault(), service);
  }

  /** Serves on any free port of the loopback address, with TLS if the factory makes it. */
  public ThreadedServer(ServerSocketFactory sockets, Service service) throws IOException {
    this.service = service;
    this.listener = sockets.createServerSocket();
    listener.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0));
    Thread.ofPlatform().daemon().name("accept").start(this::accept);
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** How many connections have been accepted so far. */
  public int accepted() {
    return accepted.get();
  }

  /** Loses all connections that are open now. */
  public void lose(Loss loss) {
    for (Connection connection : connections) {
      connection.lose(loss);
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Connection connection = new Connection(listener.accept());
        accepted.incrementAndGet();
        connections.add(connection);
        Thread.ofPlatform().daemon().name("serve").start(connection::serve);
      } catch (IOException e) {
        // The listener was closed, or a client went away.
      }
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    lose(Loss.CLOSED);
  }

  private final class Connection {
    private final Socket socket;
    private volatile boolean forgotten;

    Connection(Socket socket) throws IOException {
      this.socket = socket;
      socket.setTcpNoDelay(true);
    }

    void lose(Loss loss) {
      forgotten = true;
      if (loss == Loss.CLOSED) {
        closeSocket();
      }
    }

    void serve() {
      try (socket) {
        InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 14);
        OutputStream out = socket.getOutputStream();
        for (HttpCall call = HttpCall.read(in, out); call != null; call = HttpCall.read(in, out)) {
          if (forgotten) {
            socket.setSoLinger(true, 0);
            return;
          }
          service.answer(call).write(out);
        }
      } catch (IOException e) {
        // The client closed the connection, or this server did.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        connections.remove(this);
      }
    }

    private void closeSocket() {
      try {
        socket.close();
      } catch (IOException e) {
        // It is closed for us all the same.
      }
    }
  }
}
