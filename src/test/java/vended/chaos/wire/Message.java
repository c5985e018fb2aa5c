package vended.chaos.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP message, byte for byte: a changed header would break its signature.
 *
 * @param head with the empty line at its end
 * @param body its bytes as ISO 8859-1
 */
public record Message(String head, String body) {
  /** {@code \r\n\r\n} as an integer. */
  private static final int BLANK_LINE = 0x0d0a0d0a;

  private static final String FRAMING =
      "(?im)^(Connection|Content-Length|Transfer-Encoding):.*\\r\\n";

  /** A response. */
  static Message response(int status, String contentType, String body) {
    String head =
        "HTTP/1.1 %d -\r\nContent-Type: %s\r\nx-amzn-RequestId: REQUEST\r\n\r\n"
            .formatted(status, contentType);
    return new Message(head, body).framed();
  }

  /** Reads the next request of a connection; null at the connection's end. */
  static @Nullable Message read(InputStream in) throws IOException {
    String head = readHead(in);
    if (head == null) {
      return null;
    }
    String length = header(head, "Content-Length");
    byte[] body = in.readNBytes(length == null ? 0 : Integer.parseInt(length));
    if (length != null && body.length < Integer.parseInt(length)) {
      throw new EOFException("the request ended in its body");
    }
    return new Message(head, new String(body, ISO_8859_1));
  }

  /** Passes a request on over a connection of its own. */
  Message sendTo(URI upstream) throws IOException {
    try (Socket socket = new Socket(upstream.getHost(), upstream.getPort())) {
      socket.setTcpNoDelay(true);
      int firstLine = head.indexOf('\n') + 1;
      String single =
          head.substring(0, firstLine)
              + "Connection: close\r\n"
              + head.substring(firstLine).replaceAll("(?im)^Connection:.*\\r\\n", "");
      socket.getOutputStream().write((single + body).getBytes(ISO_8859_1));
      socket.getOutputStream().flush();
      InputStream in = socket.getInputStream();
      String answer = readHead(in);
      if (answer == null) {
        throw new EOFException("no response from " + upstream);
      }
      String rest = new String(in.readAllBytes(), ISO_8859_1);
      boolean chunked = header(answer, "Transfer-Encoding") != null;
      return new Message(answer, chunked ? joined(rest) : rest).framed();
    }
  }

  /** The same, with the body's length in place of what said where it ended. */
  Message framed() {
    String plain = head.replaceAll(FRAMING, "");
    return new Message(
        "%sContent-Length: %d\r\n\r\n"
            .formatted(plain.substring(0, plain.length() - 2), body.length()),
        body);
  }

  Message withBody(String other) {
    return new Message(head, other).framed();
  }

  Message withType(String contentType) {
    return new Message(
        head.replaceAll("(?im)^Content-Type:.*$", "Content-Type: " + contentType), body);
  }

  @Nullable String header(String name) {
    return header(head, name);
  }

  byte[] bytes() {
    return (head + body).getBytes(ISO_8859_1);
  }

  private static @Nullable String header(String head, String name) {
    Matcher header = Pattern.compile("(?im)^" + name + ":[ \\t]*(.*?)\\s*$").matcher(head);
    return header.find() ? header.group(1) : null;
  }

  private static @Nullable String readHead(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int last = 0;
    while (last != BLANK_LINE) {
      int next = in.read();
      if (next < 0) {
        return null;
      }
      head.write(next);
      last = last << 8 | next;
    }
    return head.toString(ISO_8859_1);
  }

  /** The content of chunks. */
  private static String joined(String chunks) {
    StringBuilder content = new StringBuilder();
    int at = 0;
    while (true) {
      int line = chunks.indexOf("\r\n", at);
      int size = Integer.parseInt(chunks.substring(at, line).replaceFirst(";.*", ""), 16);
      if (size == 0) {
        return content.toString();
      }
      content.append(chunks, line + 2, line + 2 + size);
      at = line + 2 + size + 2;
    }
  }
}
