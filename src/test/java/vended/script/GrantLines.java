package vended.script;

import java.util.ArrayList;
import java.util.List;

/** Lines of a file of grants, good and bad. */
final class GrantLines {
  static final String ROLE = "arn:aws:iam::555566667777:role/vended/deploy";

  private int callers;

  /** A grant of another caller each time, with more members. */
  private String grant(String more) {
    return "{\"caller\":\"arn:aws:iam::111122223333:role/c%d\",\"roleArn\":\"%s\",%s}"
        .formatted(callers++, ROLE, more);
  }

  private String with(String more) {
    return grant("\"unpinned\":true," + more);
  }

  private String policy(String policy) {
    return with("\"policy\":\"" + policy.replace("\\", "\\\\").replace("\"", "\\\"") + "\"");
  }

  private String statement(String members) {
    return policy("{\"Statement\":{\"Effect\":\"Allow\"," + members + "}}");
  }

  static String key(String caller, String role) {
    return "{\"caller\":\"%s\",\"roleArn\":\"%s\",\"unpinned\":true}".formatted(caller, role);
  }

  /** Good and bad, in one file. */
  List<String> all() {
    String user = "arn:aws:iam::111122223333:user/";
    List<String> lines = new ArrayList<>();
    // Who, and what.
    for (String caller :
        List.of(
            user + "a",
            user + "p/!x/b",
            user + "p//b",
            user + "p/",
            user + "*",
            user + "n".repeat(65),
            user + "x/".repeat(64) + "deep",
            user + "x/".repeat(65) + "deep",
            "arn:aws-cn:iam::111122223333:role/a",
            "arn:aws-us:iam::111122223333:role/a",
            "arn:aws:iam::11112222333:role/a",
            "arn:aws:iam::1111222233334:role/a",
            "arn:aws:sts::111122223333:assumed-role/a/b",
            "arn:aws:iam::111122223333:root",
            "arn:aws:iam::111122223333:role/p/" + "n".repeat(64),
            "arn:aws:iam::111122223333:role/p/" + "n".repeat(65),
            "arn:aws:iam::111122223333:role//a",
            "arn:aws:iam::111122223333:role/q" + "/q".repeat(310))) {
      lines.add(key(caller, ROLE));
    }
    for (String role :
        List.of("", "*", ROLE + "*", ROLE + "/", "arn:aws:iam::555566667777:user/x")) {
      lines.add(key("arn:aws:iam::111122223333:role/r" + callers++, role));
    }
    // Pins.
    for (String pin :
        List.of(
            "\"callerId\":\"AROAEXAMPLEBUILDER001\"",
            "\"callerId\":\"AIDAEXAMPLEBUILDER001\"",
            "\"callerId\":\"AROAshort\"",
            "\"callerId\":\"AROA" + "X".repeat(61) + "\"",
            "\"callerId\":null",
            "\"callerId\":1",
            "\"callerId\":\"AROAEXAMPLEBUILDER001\",\"unpinned\":true",
            "\"callerId\":\"AROAEXAMPLEBUILDER001\",\"unpinned\":false",
            "\"unpinned\":false",
            "\"unpinned\":\"true\"",
            "\"disabled\":true")) {
      lines.add(grant(pin));
    }
    for (String more :
        List.of(
            "\"maxDurationSeconds\":900",
            "\"maxDurationSeconds\":899",
            "\"maxDurationSeconds\":3601",
            "\"maxDurationSeconds\":3600.0",
            "\"maxDurationSeconds\":1e3",
            "\"maxDurationSeconds\":01000",
            "\"maxDurationSeconds\":\"900\"",
            "\"maxDurationSeconds\":99999999999999999999",
            "\"maxDurationSeconds\":999999999999999999999",
            "\"disabled\":null",
            "\"version\":1",
            "\"remove\":true",
            "\"format\":\"json\"",
            "\"un\\u006bnown\":1",
            "\"dis\\u0061bled\":true",
            "\"disabled\":true,\"dis\\u0061bled\":true",
            "\"description\":\"a\"",
            "\"description\":\"\"",
            "\"description\":\"  \"",
            "\"description\":\"" + "é".repeat(256) + "\"",
            "\"description\":\"" + "é".repeat(257) + "\"",
            "\"description\":\"" + "\\ud83d\\ude00".repeat(128) + "\"",
            "\"description\":\"" + "😀".repeat(129) + "\"",
            "\"description\":\"a\\nb\"",
            "\"description\":\"a\\u0085b\"",
            "\"description\":\"a\\u2028b\"",
            "\"description\":\"a\\ud83db\"",
            "\"description\":\"\\\"\\\\\\/\"",
            "\"description\":\"\\x\"",
            "\"description\":\"\\u12g4\"",
            "\"notBefore\":\"2026-01-31T00:00:00Z\"",
            "\"notBefore\":\"2026-02-29T00:00:00Z\"",
            "\"notBefore\":\"2028-02-29T23:59:59Z\"",
            "\"notBefore\":\"1969-12-31T23:59:59Z\"",
            "\"notBefore\":\"2026-01-31\"",
            "\"notBefore\":\"2026-01-31T00:00:00.5Z\"",
            "\"notBefore\":\"2026-01-31T00:00:00.000Z\"",
            "\"notBefore\":\"2026-01-31T24:00:00Z\"",
            "\"notBefore\":\"2026-13-01T00:00:00Z\"",
            "\"expiresAt\":\"9999-12-31T23:59:59Z\"",
            "\"expiresAt\":\"10000-01-01T00:00:00Z\"",
            "\"expiresAt\":1767225600",
            "\"tags\":{}",
            "\"tags\":{\"A b\":\"é 1_.:/=+-@\"}",
            "\"tags\":{\"\":\"x\"}",
            "\"tags\":{\"a\":\"*\"}",
            "\"tags\":{\"a\":1}",
            "\"tags\":{\"a\":\"1\",\"A\":\"2\"}",
            "\"tags\":{\"Vended:x\":\"1\"}",
            "\"tags\":{\"aws:x\":\"1\"}",
            "\"tags\":[]",
            "\"tags\":{\"" + "k".repeat(128) + "\":\"" + "v".repeat(256) + "\"}",
            "\"tags\":{\"" + "k".repeat(129) + "\":\"v\"}",
            "\"tags\":{\"k\":\"" + "v".repeat(257) + "\"}",
            "\"policyArns\":[]",
            "\"policyArns\":[\"arn:aws:iam::aws:policy/ReadOnlyAccess\"]",
            "\"policyArns\":[\"arn:aws:iam::555566667777:policy/p/x\"]",
            "\"policyArns\":[\"arn:aws:iam::111122223333:policy/x\"]",
            "\"policyArns\":[\"arn:aws-cn:iam::aws:policy/x\"]",
            "\"policyArns\":[\"x\"]",
            "\"policyArns\":[1]",
            "\"policyArns\":\"arn:aws:iam::aws:policy/x\"",
            "\"policyArns\":["
                + "\"arn:aws:iam::aws:policy/x\",".repeat(10)
                + "\"arn:aws:iam::aws:policy/x\"]",
            "\"policyArns\":["
                + ("\"arn:aws:iam::aws:policy/" + "x".repeat(500) + "\",").repeat(3)
                + "\"arn:aws:iam::aws:policy/"
                + "x".repeat(500)
                + "\"]",
            "\"policyArns\":[\"arn:aws:iam::aws:policy/" + "x".repeat(513) + "\"]")) {
      lines.add(with(more));
    }
    for (String policy :
        List.of(
            "",
            "{}",
            "[]",
            "{\"Statement\":[]}",
            "{\"Statement\":[1]}",
            "{\"Statement\":{}} x",
            "{\"Version\":\"2013-01-01\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}}",
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\",\"NotAction\":[\"a\"],\"NotResource\":\"é\"}]}",
            "{\"Statement\":{\"Effect\":\"Allow\",\"Effect\":\"Deny\",\"Action\":\"*\",\"Resource\":\"*\"}}",
            "{\"Statement\":{\"Effect\":\"allow\",\"Action\":\"*\",\"Resource\":\"*\"}}",
            "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"Ā\"}}",
            "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\""
                + "x".repeat(2048)
                + "\"}}")) {
      lines.add(policy(policy));
    }
    for (String members :
        List.of(
            "\"Action\":\"*\",\"Resource\":\"*\"",
            "\"Action\":\"*\"",
            "\"Action\":[],\"Resource\":\"*\"",
            "\"Action\":[1],\"Resource\":\"*\"",
            "\"Action\":\"*\",\"NotAction\":\"*\",\"Resource\":\"*\"",
            "\"Action\":\"*\",\"Resource\":\"*\",\"Principal\":\"*\"",
            "\"Action\":\"*\",\"Resource\":\"*\",\"Condition\":{\"Bool\":{\"a\":true,\"b\":[1,\"x\"]}}",
            "\"Action\":\"*\",\"Resource\":\"*\",\"Condition\":{\"Bool\":{\"a\":null}}",
            "\"Action\":\"*\",\"Resource\":\"*\",\"Condition\":{\"Bool\":\"x\"}",
            "\"Action\":\"*\",\"Resource\":\"*\",\"Condition\":[]",
            "\"Action\":\"*\",\"Resource\":\"*\",\"x\":" + "[".repeat(10) + "]".repeat(10),
            "\"Action\":\"*\",\"Resource\":\"*\",\"x\":" + "[".repeat(11) + "]".repeat(11))) {
      lines.add(statement(members));
    }
    lines.addAll(
        List.of(
            "{", "[]", "\"x\"", "{} {}", "{\"a\":1,}", "{'a':1}", "null", "{\"caller\":tru}", "x"));
    return lines;
  }
}
