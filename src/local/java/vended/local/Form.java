package vended.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The parameters of a call in the AWS Query protocol. */
record Form(Map<String, String> parameters) {

  Form {
    parameters = Map.copyOf(parameters);
  }

  static Form parse(byte[] body) throws StsException {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String pair : new String(body, UTF_8).split("&", -1)) {
      int mark = pair.indexOf('=');
      if (mark < 0) {
        throw new StsException(400, "MalformedQueryString", "A parameter has no value");
      }
      String name = decode(pair.substring(0, mark));
      if (parameters.put(name, decode(pair.substring(mark + 1))) != null) {
        throw new StsException(400, "MalformedQueryString", "A parameter came twice");
      }
    }
    return new Form(parameters);
  }

  /** Empty only if the parameter was not sent: an empty value is a value, and mostly an error. */
  Optional<String> get(String name) {
    return Optional.ofNullable(parameters.get(name));
  }

  /** The members of a list, {@code prefix.member.1.suffix} and on. */
  List<String> members(String prefix, String suffix) {
    List<String> members = new ArrayList<>();
    for (int i = 1; ; i++) {
      String value = parameters.get(prefix + ".member." + i + suffix);
      if (value == null) {
        return members;
      }
      members.add(value);
    }
  }

  private static String decode(String text) throws StsException {
    try {
      return URLDecoder.decode(text, UTF_8);
    } catch (IllegalArgumentException e) {
      throw new StsException(400, "MalformedQueryString", "A parameter is not percent-encoded");
    }
  }
}
