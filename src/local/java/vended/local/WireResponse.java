package vended.local;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one HTTP response from a connection that stays open, as the bytes that came. */
public final class WireResponse {
  private static final Pattern LENGTH = Pattern.compile("(?im)^Content-Length: *(\\d+) *\\r?$");
  private static final Pattern CHUNKED =
      Pattern.compile("(?im)^Transfer-Encoding: *chunked *\\r?$");
  private static final Pattern CLOSE = Pattern.compile("(?im)^Connection:\\s*close\\s*$");

  private final InputStream in;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private WireResponse(InputStream in) {
    this.in = in;
  }

  /**
   * With no length announced, the response has no body: DynamoDB Local and STS here announce it.
   */
  public static byte[] read(InputStream in) throws IOException {
    WireResponse response = new WireResponse(in);
    StringBuilder head = new StringBuilder();
    String line = response.line();
    while (!line.equals("\r\n")) {
      head.append(line);
      line = response.line();
    }
    Matcher length = LENGTH.matcher(head);
    if (length.find()) {
      response.take(Integer.parseInt(length.group(1)));
    } else if (CHUNKED.matcher(head).find()) {
      response.chunks();
    }
    return response.bytes.toByteArray();
  }

  /**
   * The response with {@code Connection: close}, which the JDK's server leaves out. Without it a
   * client that keeps connections would take the next request's failure for one of the service.
   */
  static byte[] announcingTheEnd(byte[] response) {
    String text = new String(response, ISO_8859_1);
    int firstLine = text.indexOf("\r\n") + 2;
    int end = text.indexOf("\r\n\r\n");
    if (firstLine < 2 || end < 0 || !keepsOpen(response)) {
      return response;
    }
    return (text.substring(0, firstLine) + "Connection: close\r\n" + text.substring(firstLine))
        .getBytes(ISO_8859_1);
  }

  /** Whether this is a response after which its connection stays open. */
  static boolean keepsOpen(byte[] response) {
    String text = new String(response, ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    return end >= 0 && !CLOSE.matcher(text.substring(0, end)).find();
  }

  private void chunks() throws IOException {
    int size;
    do {
      size = Integer.parseInt(line().strip(), 16);
      take(size + 2);
    } while (size > 0);
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int next;
    do {
      next = in.read();
      if (next < 0) {
        throw new EOFException("the response ended in its head");
      }
      line.write(next);
    } while (next != '\n');
    line.writeTo(bytes);
    return line.toString(ISO_8859_1);
  }

  private void take(int count) throws IOException {
    byte[] part = in.readNBytes(count);
    if (part.length < count) {
      throw new EOFException("the response ended in its body");
    }
    bytes.writeBytes(part);
  }
}
