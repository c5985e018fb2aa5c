package vended.crowd;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import vended.json.Json;
import vended.json.JsonObject;
import vended.local.WireRequest;
import vended.local.WireResponse;

/** The way to DynamoDB or STS, over connections that are kept, on which some calls fail. */
final class Network implements AutoCloseable {
  private static final String DYNAMO_TYPE = "application/x-amz-json-1.0";

  private final URI upstream;
  private final Faults faults;
  private final ServerSocket listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * A way to a service.
   *
   * @param environment of the functions; its endpoint becomes this one
   * @param service as in the name of the variable with the endpoint
   */
  Network(Map<String, String> environment, String service, Faults faults) throws IOException {
    String variable = "AWS_ENDPOINT_URL_" + service;
    this.upstream = URI.create(environment.getOrDefault(variable, ""));
    this.faults = faults;
    environment.put(variable, "http://127.0.0.1:" + listener.getLocalPort());
    executor.execute(this::listen);
  }

  private void listen() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        executor.execute(() -> serve(socket));
      } catch (IOException e) {
        // The crowd is over.
      }
    }
  }

  private void serve(Socket near) {
    try (near;
        Socket far = new Socket(upstream.getHost(), upstream.getPort());
        InputStream asked = new BufferedInputStream(near.getInputStream());
        InputStream answered = new BufferedInputStream(far.getInputStream())) {
      near.setTcpNoDelay(true);
      far.setTcpNoDelay(true);
      boolean open = true;
      while (open) {
        WireRequest request = WireRequest.read(asked);
        Fault fault = faults.next(request);
        if (fault == Fault.SLOW) {
          Thread.sleep(ThreadLocalRandom.current().nextInt(20, 100));
        }
        byte[] answer =
            fault == null || fault.reaches() ? pass(request, far, answered) : made(fault, request);
        open = send(near, answer, fault);
      }
    } catch (IOException | InterruptedException e) {
      // One side has ended the connection, and with it the other.
    }
  }

  private static byte[] pass(WireRequest request, Socket far, InputStream answered)
      throws IOException {
    OutputStream out = new BufferedOutputStream(far.getOutputStream());
    out.write(request.head().getBytes(ISO_8859_1));
    out.write(request.body().getBytes(UTF_8));
    out.flush();
    return WireResponse.read(answered);
  }

  /** Sends as much of the answer as arrives; whether the connection stays open. */
  private static boolean send(Socket near, byte[] answer, @Nullable Fault fault)
      throws IOException {
    switch (fault) {
      case RESET -> {
        near.setSoLinger(true, 0);
        return false;
      }
      case LOST -> {
        return false;
      }
      case TRUNCATED -> near.getOutputStream().write(answer, 0, answer.length - 20);
      case null, default -> near.getOutputStream().write(answer);
    }
    near.getOutputStream().flush();
    return fault == null || fault == Fault.SLOW;
  }

  /** An answer that is not the other side's. */
  private static byte[] made(Fault fault, WireRequest request) {
    boolean sts = request.operation().equals("AssumeRole");
    return switch (fault) {
      case FAILED ->
          response(
              500, sts ? stsError("InternalFailure") : dynamoError("InternalServerError"), sts);
      case THROTTLED ->
          response(400, sts ? stsError("Throttling") : dynamoError("ThrottlingException"), sts);
      case FOREIGN ->
          WireRequest.response(200, Map.of("Content-Type", "text/html"), "<html>Sign in</html>");
      case EMPTY -> response(200, "", sts);
      case UNPROCESSED ->
          response(
              200,
              Json.write(
                  Map.of("Responses", Map.of(), "UnprocessedKeys", requested(request.body()))),
              false);
      default -> new byte[0];
    };
  }

  private static Object requested(String body) {
    Object items = ((JsonObject.Read) JsonObject.read(body)).object().members().get("RequestItems");
    return items == null ? Map.of() : items;
  }

  private static byte[] response(int status, String body, boolean sts) {
    String type = sts ? "text/xml" : DYNAMO_TYPE;
    return WireRequest.response(
        status, Map.of("Content-Type", type, "x-amzn-RequestId", "A-FAULT"), body);
  }

  private static String dynamoError(String code) {
    return "{\"__type\":\"com.amazonaws.dynamodb.v20120810#%s\",\"message\":\"a fault\"}"
        .formatted(code);
  }

  private static String stsError(String code) {
    return """
    <ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type>\
    <Code>%s</Code><Message>a fault</Message></Error></ErrorResponse>
    """
        .formatted(code);
  }

  @Override
  public void close() throws IOException {
    listener.close();
    executor.shutdownNow();
  }
}
