package vended.crowd;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one HTTP response from a connection that stays open, as the bytes that came. */
final class WireResponse {
  private static final Pattern LENGTH = Pattern.compile("(?im)^Content-Length: *(\\d+) *\\r?$");
  private static final Pattern CHUNKED =
      Pattern.compile("(?im)^Transfer-Encoding: *chunked *\\r?$");

  private final InputStream in;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private WireResponse(InputStream in) {
    this.in = in;
  }

  static byte[] read(InputStream in) throws IOException {
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
