package vended.local;

import java.util.List;

/** An HTTP request as it came over the wire: what a signature is computed over. */
public final class RawRequest {
  private final String method;
  private final String path;
  private final String query;
  private final List<Header> headers;
  private final byte[] body;

  /** One header line. */
  public record Header(String name, String value) {}

  /** Takes a request target that is still percent-encoded: {@code /path?query}. */
  public RawRequest(String method, String target, List<Header> headers, byte[] body) {
    int mark = target.indexOf('?');
    this.method = method;
    this.path = mark < 0 ? target : target.substring(0, mark);
    this.query = mark < 0 ? "" : target.substring(mark + 1);
    this.headers = List.copyOf(headers);
    this.body = body.clone();
  }

  public String method() {
    return method;
  }

  /** The path, still percent-encoded. */
  public String path() {
    return path;
  }

  /** The query without its question mark, still percent-encoded; empty if there is none. */
  public String query() {
    return query;
  }

  public List<Header> headers() {
    return headers;
  }

  public byte[] body() {
    return body.clone();
  }

  /** All values of a header, in the order of the request. */
  public List<String> values(String name) {
    return headers.stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(Header::value)
        .toList();
  }
}
