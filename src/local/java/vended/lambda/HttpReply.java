package vended.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What {@link ThreadedServer} answers.
 *
 * @param headers without Content-Length
 */
public record HttpReply(int status, Map<String, String> headers, String body) {
  public HttpReply {
    headers = Map.copyOf(headers);
  }

  /** A status and nothing else. */
  public static HttpReply empty(int status) {
    return new HttpReply(status, Map.of(), "");
  }

  /** A body of a type. */
  public static HttpReply of(int status, String contentType, String body) {
    return new HttpReply(status, Map.of("Content-Type", contentType), body);
  }

  /** The same with another header. */
  public HttpReply with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new HttpReply(status, more, body);
  }

  /** In one write, so that no client waits between a head and a body. */
  void write(OutputStream out) throws IOException {
    int length = body.getBytes(UTF_8).length;
    StringBuilder text = new StringBuilder(256 + body.length());
    text.append("HTTP/1.1 ").append(status).append(" -\r\nContent-Length: ").append(length);
    headers.forEach((name, value) -> text.append("\r\n").append(name).append(": ").append(value));
    out.write(text.append("\r\n\r\n").append(body).toString().getBytes(UTF_8));
    out.flush();
  }
}
