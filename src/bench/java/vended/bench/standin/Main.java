package vended.bench.standin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import vended.lambda.ThreadedServer.Loss;

/**
 * The process of the stand-ins. It takes one command a line, answers each with one line, and ends
 * with its input: {@code open NAME tls|plain}, {@code sleep NAME DYNAMODB STS} (microseconds),
 * {@code accepted NAME}, {@code calls NAME}, {@code lose NAME LOSS}, {@code close NAME}.
 */
public final class Main {
  private static final int HANDSHAKES = 100;

  private final DynamoStandIn answers;
  private final SSLContext tls;
  private final Map<String, Pair> pairs = new HashMap<>();

  private Main(String table, SSLContext tls) {
    this.answers = new DynamoStandIn(table);
    this.tls = tls;
  }

  /** Arguments: the allow-list's name, and the key store of {@link Tls}. */
  public static void main(String[] args) throws IOException, GeneralSecurityException {
    Main main = new Main(args[0], Tls.of(Path.of(args[1])));
    main.warmUp(Tls.trusting(Path.of(args[1])));
    System.out.println("ready");
    BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      System.out.println(main.answer(line.split(" ", -1)));
    }
    System.exit(0);
  }

  private String answer(String[] command) throws IOException {
    Pair pair = command[0].equals("open") ? open(command) : pairs.get(command[1]);
    if (pair == null) {
      throw new IllegalArgumentException("not open: " + command[1]);
    }
    return switch (command[0]) {
      case "open" -> pair.ports();
      case "sleep" -> {
        pair.sleep(micros(command[2]), micros(command[3]));
        yield "ok";
      }
      case "accepted" -> Integer.toString(pair.accepted());
      case "calls" -> pair.calls();
      case "lose" -> {
        pair.lose(Loss.valueOf(command[2]));
        yield "ok";
      }
      case "close" -> {
        pair.close();
        pairs.remove(command[1]);
        yield "ok";
      }
      default -> throw new IllegalArgumentException(command[0]);
    };
  }

  private Pair open(String[] command) throws IOException {
    ServerSocketFactory sockets =
        command[2].equals("tls") ? tls.getServerSocketFactory() : ServerSocketFactory.getDefault();
    Pair pair = new Pair(sockets, answers);
    pairs.put(command[1], pair);
    return pair;
  }

  private static Duration micros(String text) {
    return Duration.of(Long.parseLong(text), ChronoUnit.MICROS);
  }

  /** The first handshakes of a JVM are slow, and would be counted as the function's. */
  private void warmUp(SSLContext client) throws IOException {
    try (Pair pair = new Pair(tls.getServerSocketFactory(), answers)) {
      int port = Integer.parseInt(pair.ports().split(" ", -1)[0]);
      for (int i = 0; i < HANDSHAKES; i++) {
        try (SSLSocket socket =
            (SSLSocket) client.getSocketFactory().createSocket("127.0.0.1", port)) {
          socket.startHandshake();
          socket.getSession().invalidate();
        }
      }
    }
  }
}
