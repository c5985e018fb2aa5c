package vended.fuzz.target;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import vended.fuzz.Data;
import vended.fuzz.Target;
import vended.identity.AccountId;
import vended.identity.CallerArn;
import vended.identity.FunctionArn;
import vended.identity.RoleArn;
import vended.identity.RolePattern;

/** ARNs: parsing and printing is identity, and no two principals share a canonical form. */
public final class ArnTarget implements Target {
  @Override
  public void check(byte[] input) {
    String[] lines = new Data(input).rest().split("\n", -1);
    String one = lines[0];
    String other = lines[lines.length - 1];
    role(one);
    function(one);
    canonical(one);
    CallerArn.parse(one)
        .ifPresent(
            arn -> CallerArn.parse(other).ifPresent(than -> distinct(one, arn, other, than)));
    pattern(one, other);
  }

  private static void role(String text) {
    RoleArn.parse(text)
        .ifPresent(
            role -> {
              String start = "arn:%s:iam::%s:role/".formatted(role.partition(), role.account());
              Target.check(role.value().equals(text), "printed as it was parsed", text);
              Target.check(text.startsWith(start), "the parts are those of the text", text);
              Target.check(text.endsWith("/" + role.name()), "the name is the last part", text);
              Target.check(AccountId.matches(role.account()), "the account has 12 digits", text);
              Target.check(
                  text.chars().allMatch(c -> c > ' ' && c < 127 && "*?\\\"'".indexOf(c) < 0),
                  "no wildcard, blank or quote",
                  text);
              Target.check(
                  RoleArn.parse(role.sessionArn("s")).isEmpty(), "a session is no role", text);
            });
  }

  private static void function(String text) {
    FunctionArn.parse(text)
        .ifPresent(
            arn -> {
              Target.check(text.startsWith(arn.value()), "the ARN is in the text", text);
              Target.check(
                  FunctionArn.parse(arn.value()).equals(Optional.of(arn)), "idempotent", text);
              Target.check(arn.value().endsWith(":" + arn.name()), "the name ends it", text);
              Target.check(AccountId.matches(arn.account()), "the account has 12 digits", text);
            });
  }

  private static void canonical(String text) {
    Optional<CallerArn> parsed = CallerArn.parse(text);
    parsed.ifPresent(
        arn -> {
          Target.check(CallerArn.parse(arn.value()).equals(parsed), "idempotent", text);
          Target.check(CallerArn.canonical(arn.value()).equals(parsed), "is canonical", text);
          Target.check(
              arn.isRole() == text.split(":", 6)[5].startsWith("role/"), "a role stays one", text);
          Target.check(text.endsWith(arn.name()), "the name is the last part", text);
        });
    Target.check(
        CallerArn.canonical(text).isPresent()
            == parsed.filter(arn -> arn.value().equals(text)).isPresent(),
        "canonical is what parsing leaves as it is",
        text);
  }

  /** IAM's names of users and roles are unique in an account; a role's path is no part of it. */
  private static String principal(String arn) {
    String[] parts = arn.split(":", 6);
    String resource = parts[5];
    return parts[1]
        + " "
        + parts[4]
        + " "
        + (resource.startsWith("role/")
            ? "role " + resource.substring(resource.lastIndexOf('/') + 1)
            : resource);
  }

  private static void distinct(String one, CallerArn oneArn, String other, CallerArn otherArn) {
    Target.check(
        principal(one).equals(principal(other)) == oneArn.equals(otherArn),
        "two texts have the same canonical form if they name the same principal, and else not",
        one,
        other);
  }

  private static void pattern(String pattern, String arn) {
    Optional<RoleArn> role = RoleArn.parse(arn);
    if (role.isEmpty()) {
      return;
    }
    RolePattern parsed;
    try {
      parsed = new RolePattern(pattern);
    } catch (IllegalArgumentException e) {
      return;
    }
    String[] patterns = pattern.split(":", 6);
    String[] parts = arn.split(":", 6);
    boolean matches = true;
    for (int i = 0; i < 6; i++) {
      matches &= isLike(patterns[i], parts[i]);
    }
    Target.check(parsed.matches(role.get()) == matches, "matches as IAM does", pattern, arn);
  }

  /** By the table of all prefixes, which takes the product of both lengths. */
  private static boolean isLike(String pattern, String text) {
    boolean[] row = new boolean[text.length() + 1];
    row[0] = true;
    for (int at = 0; at < pattern.length(); at++) {
      char wanted = pattern.charAt(at);
      boolean[] next = new boolean[row.length];
      next[0] = wanted == '*' && row[0];
      for (int i = 1; i < row.length; i++) {
        next[i] =
            wanted == '*'
                ? row[i] || next[i - 1]
                : row[i - 1] && (wanted == '?' || wanted == text.charAt(i - 1));
      }
      row = next;
    }
    return row[text.length()];
  }

  private static final Pattern WORDS = Pattern.compile("\\s+");

  @Override
  public List<String> seeds() {
    return List.of(
        "arn:aws:iam::111122223333:role/Deployer\narn:aws:iam::111122223333:role/path/Deployer",
        "arn:aws:iam::111122223333:user/a/b/c\narn:aws:iam::111122223333:user/c",
        "arn:aws:iam::*:role/vended/*\narn:aws:iam::444455556666:role/vended/deploy",
        "arn:aws-cn:iam::444455556666:role/v?nd*/d*y\narn:aws-cn:iam::444455556666:role/vended/day",
        "arn:aws:lambda:eu-west-1:111122223333:function:vended-vend:live");
  }

  @Override
  public List<String> words() {
    return List.of(
        WORDS.split(
            "arn: aws aws-cn aws-us-gov :iam:: :role/ :user/ :root 111122223333 Deployer deployer"
                + " / // * ? : :: @ = , . - _ + role/ user/ function: \n"));
  }
}
