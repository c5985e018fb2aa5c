package vended.iam;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The Principal of a statement in a trust policy or in a resource's policy. */
record Principals(List<String> aws, List<String> services, boolean everyone) {
  private static final Pattern ACCOUNT =
      Pattern.compile("(\\d{12})|arn:[a-z-]+:iam::(\\d{12}):root");
  private static final Pattern ROLE =
      Pattern.compile("arn:([a-z-]+):iam::(\\d{12}):role/(?:.*/)?([^/]+)");
  private static final Pattern SESSION =
      Pattern.compile("arn:([a-z-]+):sts::(\\d{12}):assumed-role/([^/]+)/[^/]+");
  private static final Pattern ANY_ARN = Pattern.compile("arn:[a-z-]+:(?:iam|sts)::(\\d{12}):.+");

  Principals {
    aws = List.copyOf(aws);
    services = List.copyOf(services);
  }

  static Principals parse(Object tree) {
    if (tree.equals("*")) {
      return new Principals(List.of(), List.of(), true);
    }
    var aws = new ArrayList<String>();
    var services = new ArrayList<String>();
    Tree.map(tree, "Principal")
        .forEach(
            (kind, names) -> {
              switch (kind) {
                case "AWS" -> aws.addAll(Tree.strings(names, "Principal.AWS"));
                case "Service" -> services.addAll(Tree.strings(names, "Principal.Service"));
                default -> throw new UnsupportedPolicyException("Principal of the kind " + kind);
              }
            });
    boolean everyone = aws.remove("*");
    aws.forEach(Principals::check);
    services.forEach(Principals::checkService);
    return new Principals(aws, services, everyone);
  }

  private static void check(String name) {
    if (name.contains("*") || name.contains("?") || name.contains("${")) {
      throw new UnsupportedPolicyException("IAM takes no pattern as a principal: " + name);
    }
    if (!ACCOUNT.matcher(name).matches() && !ANY_ARN.matcher(name).matches()) {
      throw new UnsupportedPolicyException("not a principal: " + name);
    }
  }

  private static void checkService(String name) {
    if (!name.matches("[a-z0-9.-]+\\.amazonaws\\.com(?:\\.cn)?")) {
      throw new UnsupportedPolicyException("not a service's principal: " + name);
    }
  }

  boolean match(Set<String> callers) {
    return everyone || callers.stream().anyMatch(this::match);
  }

  private boolean match(String caller) {
    return services.contains(caller)
        || aws.stream().anyMatch(named -> named.equals(caller) || covers(named, caller));
  }

  /**
   * An account stands for everyone in it; a role for each of its sessions, whose ARN has lost the
   * role's path (IAM User Guide, "AWS JSON policy elements: Principal").
   */
  private static boolean covers(String named, String caller) {
    var account = ACCOUNT.matcher(named);
    if (account.matches()) {
      var arn = ANY_ARN.matcher(caller);
      var id = account.group(1) == null ? account.group(2) : account.group(1);
      return arn.matches() && arn.group(1).equals(id);
    }
    var role = ROLE.matcher(named);
    var session = SESSION.matcher(caller);
    return role.matches()
        && session.matches()
        && role.group(1).equals(session.group(1))
        && role.group(2).equals(session.group(2))
        && role.group(3).equals(session.group(3));
  }
}
