package vended.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The canonical request of Signature Version 4.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html">
 *     Create a signed AWS API request</a>
 */
final class Canonical {
  private static final String UNRESERVED =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

  private Canonical() {}

  static String request(RawRequest request, List<String> signedHeaders, String payloadHash) {
    String headers =
        signedHeaders.stream()
            .map(name -> name + ":" + header(request.values(name)) + "\n")
            .collect(Collectors.joining());
    return String.join(
        "\n",
        request.method(),
        path(request.path()),
        query(request.query()),
        headers,
        String.join(";", signedHeaders),
        payloadHash);
  }

  /**
   * Every service but S3 takes dot segments and doubled slashes out, and encodes each segment a
   * second time: the path on the wire is encoded once already.
   */
  static String path(String raw) {
    Deque<String> segments = new ArrayDeque<>();
    for (String segment : raw.split("/", -1)) {
      switch (segment) {
        case "", "." -> {}
        case ".." -> segments.pollLast();
        default -> segments.addLast(encode(segment.getBytes(UTF_8)));
      }
    }
    boolean folder = raw.endsWith("/") && !segments.isEmpty();
    return "/" + String.join("/", segments) + (folder ? "/" : "");
  }

  /** Sorted by encoded name, then by encoded value. */
  static String query(String raw) {
    if (raw.isEmpty()) {
      return "";
    }
    return Arrays.stream(raw.split("&", -1))
        .filter(pair -> !pair.isEmpty())
        .map(Canonical::pair)
        .sorted(Map.Entry.<String, String>comparingByKey().thenComparing(Map.Entry::getValue))
        .map(pair -> pair.getKey() + "=" + pair.getValue())
        .collect(Collectors.joining("&"));
  }

  private static Map.Entry<String, String> pair(String raw) {
    int mark = raw.indexOf('=');
    String name = mark < 0 ? raw : raw.substring(0, mark);
    String value = mark < 0 ? "" : raw.substring(mark + 1);
    return Map.entry(encode(decode(name)), encode(decode(value)));
  }

  private static String header(List<String> values) {
    return values.stream()
        .map(value -> value.strip().replaceAll(" +", " "))
        .collect(Collectors.joining(","));
  }

  private static String encode(byte[] bytes) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : bytes) {
      if (UNRESERVED.indexOf((char) b) >= 0) {
        encoded.append((char) b);
      } else {
        encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
      }
    }
    return encoded.toString();
  }

  /** Percent-decoding; a broken escape stands for itself, and so can't match what was signed. */
  static byte[] decode(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] raw = text.getBytes(UTF_8);
    for (int i = 0; i < raw.length; i++) {
      int high = raw[i] == '%' && i + 2 < raw.length ? Character.digit(raw[i + 1], 16) : -1;
      int low = high >= 0 ? Character.digit(raw[i + 2], 16) : -1;
      if (low >= 0) {
        bytes.write(high << 4 | low);
        i += 2;
      } else {
        bytes.write(raw[i]);
      }
    }
    return bytes.toByteArray();
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
