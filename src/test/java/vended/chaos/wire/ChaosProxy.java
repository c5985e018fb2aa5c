package vended.chaos.wire;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Stands before DynamoDB or STS on the level of sockets, and keeps connections for as long as the
 * client does, as AWS does. What becomes of each request is decided by a {@link Gate}.
 */
public final class ChaosProxy implements AutoCloseable {
  /** Below the ports that systems give to outgoing connections, which could take it meanwhile. */
  private static final int LOWEST_PORT = 20_000;

  private static final int HIGHEST_PORT = 32_000;
  private static final long DRIP_MILLIS = 20;

  private final String service;
  private final URI upstream;
  private final Gate gate;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final int port;
  private volatile ServerSocket listener;
  private int busy;

  /** Decides about requests, several at once. */
  public interface Gate {
    /** What becomes of a request that has just been read. */
    Effect effect(Attempt attempt);
  }

  public ChaosProxy(String service, URI upstream, Gate gate) throws IOException {
    this.service = service;
    this.upstream = upstream;
    this.gate = gate;
    this.listener = anyPort();
    this.port = listener.getLocalPort();
    executor.execute(this::listen);
  }

  private static ServerSocket anyPort() throws IOException {
    for (int tries = 1; ; tries++) {
      try {
        return bound(ThreadLocalRandom.current().nextInt(LOWEST_PORT, HIGHEST_PORT));
      } catch (IOException e) {
        if (tries == 100) {
          throw e;
        }
      }
    }
  }

  private static ServerSocket bound(int port) throws IOException {
    ServerSocket socket = new ServerSocket();
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
    return socket;
  }

  /** Where it listens. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** Accepts connections again, after an {@link Effect.Refuse}. */
  public void accept() throws IOException {
    if (listener.isClosed()) {
      listener = bound(port);
      executor.execute(this::listen);
    }
  }

  /** Waits until nothing is being done for a request any more. */
  public synchronized void awaitQuiet() throws InterruptedException {
    while (busy > 0) {
      wait();
    }
  }

  private synchronized void begin() {
    busy++;
  }

  private synchronized void end() {
    busy--;
    notifyAll();
  }

  private void listen() {
    ServerSocket own = listener;
    try {
      while (true) {
        Socket socket = own.accept();
        open.add(socket);
        executor.execute(() -> serve(socket));
      }
    } catch (IOException e) {
      // It was closed.
    }
  }

  private void serve(Socket socket) {
    try (socket;
        InputStream in = new BufferedInputStream(socket.getInputStream())) {
      socket.setTcpNoDelay(true);
      Message request = Message.read(in);
      while (request != null && answered(socket, request)) {
        request = Message.read(in);
      }
    } catch (IOException | InterruptedException e) {
      // The client has gone away, or is to see just this.
    } catch (RuntimeException e) {
      System.err.println("a mistake of the test, which looks like a fault: " + e);
    } finally {
      open.remove(socket);
    }
  }

  private boolean answered(Socket socket, Message request)
      throws IOException, InterruptedException {
    begin();
    try {
      return met(socket, request, gate.effect(Attempt.of(service, request)));
    } finally {
      end();
    }
  }

  /** Whether the connection goes on. */
  private boolean met(Socket socket, Message request, Effect effect)
      throws IOException, InterruptedException {
    return switch (effect) {
      case Effect.Pass pass -> sent(socket, request.sendTo(upstream));
      case Effect.Doing(var moment, Runnable action) -> done(socket, request, moment, action);
      case Effect.Instead(Message response, boolean lands) -> {
        landIf(lands, request);
        yield sent(socket, response);
      }
      case Effect.Changed(var change) -> sent(socket, change.apply(request.sendTo(upstream)));
      case Effect.End(boolean lands, boolean reset) -> {
        landIf(lands, request);
        socket.setSoLinger(reset, 0);
        yield false;
      }
      case Effect.Cut(boolean withinHead) -> {
        byte[] response = request.sendTo(upstream).bytes();
        socket.getOutputStream().write(response, 0, withinHead ? 20 : response.length - 1);
        yield false;
      }
      case Effect.Refuse refuse -> {
        refuse();
        yield false;
      }
      case Effect.Hold(var release, boolean landsAtOnce) -> {
        landIf(landsAtOnce, request);
        release.await();
        landIf(!landsAtOnce, request);
        yield false;
      }
      case Effect.Drip drip -> dripped(socket.getOutputStream(), request.sendTo(upstream), drip);
      case Effect.Twice(boolean second) -> {
        Message first = request.sendTo(upstream);
        Message again = request.sendTo(upstream);
        yield sent(socket, second ? again : first);
      }
    };
  }

  private boolean done(Socket socket, Message request, Effect.Moment moment, Runnable action)
      throws IOException {
    switch (moment) {
      case BEFORE -> action.run();
      case DURING -> {
        request.sendTo(upstream);
        action.run();
      }
      case AFTER -> {
        sent(socket, request.sendTo(upstream));
        action.run();
      }
    }
    return false;
  }

  private void landIf(boolean lands, Message request) throws IOException {
    if (lands) {
      request.sendTo(upstream);
    }
  }

  private static boolean sent(Socket socket, Message response) throws IOException {
    socket.getOutputStream().write(response.bytes());
    socket.getOutputStream().flush();
    return true;
  }

  private static boolean dripped(OutputStream out, Message response, Effect.Drip drip)
      throws IOException, InterruptedException {
    for (byte next : response.bytes()) {
      if (drip.release().await(DRIP_MILLIS, TimeUnit.MILLISECONDS)) {
        return false;
      }
      out.write(next);
      out.flush();
    }
    return true;
  }

  private void refuse() throws IOException {
    listener.close();
    for (Socket socket : open) {
      socket.setSoLinger(true, 0);
      socket.close();
    }
  }

  @Override
  public void close() throws IOException {
    refuse();
    executor.shutdownNow();
  }
}
