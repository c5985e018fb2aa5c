package vended.lambda;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request that {@link ThreadedServer} has read.
 *
 * @param path the request's target
 * @param headers by their names in lower case; of a repeated one, the last
 * @param readAt {@link System#nanoTime} when its last byte was there
 */
public record HttpCall(
    String method, String path, Map<String, String> headers, String body, long readAt) {
  private static final int LINE_LIMIT = 1 << 16;

  /** Reads the next request of a connection; null at the connection's end. */
  static @Nullable HttpCall read(InputStream in, OutputStream out) throws IOException {
    String first = line(in);
    if (first == null) {
      return null;
    }
    String[] start = first.split(" ", 3);
    if (start.length != 3) {
      throw new IOException("not a request: " + first);
    }
    Map<String, String> headers = headers(in);
    if (headers.containsKey("transfer-encoding")) {
      throw new IOException("chunked requests are not supported");
    }
    if (headers.containsKey("expect")) {
      out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(ISO_8859_1));
      out.flush();
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw new EOFException();
    }
    return new HttpCall(start[0], start[1], headers, new String(body, UTF_8), System.nanoTime());
  }

  private static Map<String, String> headers(InputStream in) throws IOException {
    Map<String, String> headers = new HashMap<>();
    for (String line = line(in); ; line = line(in)) {
      if (line == null) {
        throw new EOFException();
      }
      if (line.isEmpty()) {
        return headers;
      }
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, Math.max(0, colon)).toLowerCase(Locale.ROOT),
          line.substring(colon + 1).strip());
    }
  }

  private static @Nullable String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder(128);
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        return null;
      }
      if (line.length() >= LINE_LIMIT) {
        throw new IOException("a line is too long");
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }
}
