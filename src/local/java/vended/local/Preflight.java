package vended.local;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** What can be told to be wrong before anything slow starts; the messages are for the user. */
final class Preflight {
  static final List<String> ENDPOINTS =
      List.of("AWS_ENDPOINT_URL_STS", "AWS_ENDPOINT_URL_DYNAMODB");
  private static final String PORT = "VEND_LOCAL_PORT";
  private static final String DEFAULT_PORT = "8080";
  private static final int PATIENCE_MS = 3000;

  private Preflight() {}

  /** The port to serve on, if it can be had. */
  static int port(Map<String, String> environment) {
    String text = environment.getOrDefault(PORT, DEFAULT_PORT);
    if (!text.matches("[1-9]\\d{0,4}") || Integer.parseInt(text) > 65_535) {
      throw new IllegalArgumentException(PORT + " must be a number from 1 to 65535.");
    }
    int port = Integer.parseInt(text);
    try {
      new ServerSocket(port, 0, LoopbackServer.address()).close();
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "Port %d of 127.0.0.1 can't be had (%s). Another one: %s=8081 ./mvnw -Plocal"
              .formatted(port, e.getMessage(), PORT),
          e);
    }
    return port;
  }

  /**
   * Each endpoint that the environment names must be there. A shell that has read the file of an
   * earlier stack names that one's, which are gone.
   */
  static void checkEndpoints(Map<String, String> environment) {
    for (String variable : ENDPOINTS) {
      String endpoint = environment.getOrDefault(variable, "");
      if (!endpoint.isEmpty() && !answers(endpoint)) {
        throw new IllegalArgumentException(
            "%s is set, and nothing answers at %s. To use the stack's own: unset %s"
                .formatted(variable, endpoint, String.join(" ", ENDPOINTS)));
      }
    }
  }

  private static boolean answers(String endpoint) {
    try (Socket socket = new Socket()) {
      URI url = URI.create(endpoint);
      int standard = "https".equals(url.getScheme()) ? 443 : 80;
      int port = url.getPort() < 0 ? standard : url.getPort();
      socket.connect(new InetSocketAddress(url.getHost(), port), PATIENCE_MS);
      return true;
    } catch (IOException | IllegalArgumentException e) {
      return false;
    }
  }
}
