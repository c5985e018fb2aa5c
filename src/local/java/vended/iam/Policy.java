package vended.iam;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A policy document, read in full or refused. */
public record Policy(List<Statement> statements) {

  /** Where a policy is attached decides which members its statements must have. */
  enum Kind {
    IDENTITY(false, true),
    RESOURCE(true, true),
    TRUST(true, false);

    private final boolean hasPrincipal;
    private final boolean hasResource;

    Kind(boolean hasPrincipal, boolean hasResource) {
      this.hasPrincipal = hasPrincipal;
      this.hasResource = hasResource;
    }

    boolean hasResource() {
      return hasResource;
    }

    void check(Set<String> members) {
      if (members.contains("Principal") != hasPrincipal) {
        throw new UnsupportedPolicyException(
            (hasPrincipal ? "no Principal in a policy of the kind " : "a Principal in ") + this);
      }
      if (!hasResource && (members.contains("Resource") || members.contains("NotResource"))) {
        throw new UnsupportedPolicyException("a Resource in a trust policy");
      }
    }
  }

  public Policy {
    statements = List.copyOf(statements);
    if (statements.isEmpty()) {
      throw new UnsupportedPolicyException("a policy without statements");
    }
  }

  /** Of a user, role or group, a managed policy, or a session policy. */
  public static Policy identity(@Nullable Object tree) {
    return parse(tree, Kind.IDENTITY);
  }

  /** Of a table, a bucket, an API. */
  public static Policy resource(@Nullable Object tree) {
    return parse(tree, Kind.RESOURCE);
  }

  /** A role's AssumeRolePolicyDocument. */
  public static Policy trust(@Nullable Object tree) {
    return parse(tree, Kind.TRUST);
  }

  private static Policy parse(@Nullable Object treeOrJson, Kind kind) {
    var tree = treeOrJson instanceof String json ? Json.parse(json) : treeOrJson;
    var map = Tree.map(tree, "policy");
    if (!Set.of("Version", "Id", "Statement").containsAll(map.keySet())) {
      throw new UnsupportedPolicyException("a policy has " + map.keySet());
    }
    // The older version reads the same text in another way (no variables), so it must be said.
    if (!"2012-10-17".equals(map.get("Version"))) {
      throw new UnsupportedPolicyException("a policy of the Version " + map.get("Version"));
    }
    var statements = new ArrayList<Statement>();
    for (var statement : Tree.list(map.get("Statement"))) {
      statements.add(Statement.parse(statement, kind));
    }
    return new Policy(statements);
  }

  public Decision evaluate(AccessRequest request) {
    var decision = Decision.IMPLICIT_DENY;
    for (var statement : statements) {
      decision = decision.and(statement.evaluate(request));
    }
    return decision;
  }

  /** What a principal's policies say together. */
  public static Decision evaluate(Collection<Policy> policies, AccessRequest request) {
    var decision = Decision.IMPLICIT_DENY;
    for (var policy : policies) {
      decision = decision.and(policy.evaluate(request));
    }
    return decision;
  }
}
