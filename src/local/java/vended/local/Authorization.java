package vended.local;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The Authorization header of Signature Version 4, in exactly the grammar that AWS documents. */
record Authorization(
    String accessKeyId,
    String date,
    String region,
    String service,
    List<String> signedHeaders,
    String signature) {

  static final String ALGORITHM = "AWS4-HMAC-SHA256";

  private static final Pattern GRAMMAR =
      Pattern.compile(
          ALGORITHM
              + " Credential=(?<key>[A-Z0-9]{16,128})/(?<date>\\d{8})/(?<region>[a-z0-9-]+)"
              + "/(?<service>[a-z0-9-]+)/aws4_request, ?"
              + "SignedHeaders=(?<headers>[a-z0-9-]+(?:;[a-z0-9-]+)*), ?"
              + "Signature=(?<signature>[0-9a-f]{64})");

  Authorization {
    signedHeaders = List.copyOf(signedHeaders);
  }

  static Optional<Authorization> parse(String header) {
    Matcher matcher = GRAMMAR.matcher(header);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    List<String> names = List.of(matcher.group("headers").split(";", -1));
    if (!names.equals(names.stream().sorted().distinct().toList())) {
      return Optional.empty();
    }
    return Optional.of(
        new Authorization(
            matcher.group("key"),
            matcher.group("date"),
            matcher.group("region"),
            matcher.group("service"),
            names,
            matcher.group("signature")));
  }

  String scope() {
    return "%s/%s/%s/aws4_request".formatted(date, region, service);
  }
}
