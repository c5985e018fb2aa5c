package vended.local;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One HTTP request on a socket, passed on as it is: a changed header would break its signature. */
public record WireRequest(String head, String body) {
  /** {@code \r\n\r\n} as an integer. */
  private static final int BLANK_LINE = 0x0d0a0d0a;

  private static final Pattern LENGTH = Pattern.compile("(?im)^Content-Length: *(\\d+) *\\r?$");
  private static final Pattern TARGET =
      Pattern.compile("(?im)^X-Amz-Target: *\\S+\\.(\\w+) *\\r?$");
  private static final Pattern ACTION = Pattern.compile("(?:^|&)Action=(\\w+)");

  /** Reads one; chunked bodies are not read, since the SDK's clients here send none. */
  public static WireRequest read(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int last = 0;
    while (last != BLANK_LINE) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException("The request ended in its head");
      }
      head.write(next);
      last = last << 8 | next;
    }
    String text = head.toString(ISO_8859_1);
    Matcher length = LENGTH.matcher(text);
    byte[] body = in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
    return new WireRequest(text, new String(body, UTF_8));
  }

  /** {@code PutItem} of DynamoDB's X-Amz-Target, or {@code AssumeRole} of STS' form. */
  public String operation() {
    Matcher target = TARGET.matcher(head);
    if (target.find()) {
      return target.group(1);
    }
    Matcher action = ACTION.matcher(body);
    return action.find() ? action.group(1) : "";
  }

  /** A response of its own, after which the connection ends. */
  public static byte[] response(int status, Map<String, String> headers, String body) {
    byte[] bytes = body.getBytes(UTF_8);
    StringBuilder head = new StringBuilder("HTTP/1.1 %d -\r\n".formatted(status));
    headers.forEach((name, value) -> head.append("%s: %s\r\n".formatted(name, value)));
    head.append("Content-Length: %d\r\nConnection: close\r\n\r\n".formatted(bytes.length));
    return (head + body).getBytes(UTF_8);
  }
}
