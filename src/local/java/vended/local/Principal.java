package vended.local;

import java.util.Optional;

/**
 * Who a key belongs to, as AWS names it.
 *
 * @param arn as GetCallerIdentity answers it: a user's ARN, or an assumed-role ARN
 * @param userId {@code AIDA…} of a user, {@code AROA…:session} of a role session
 * @param roleArn the role behind a session, with its path, which the assumed-role ARN lacks
 */
public record Principal(String arn, String userId, Optional<String> roleArn) {

  public static Principal user(String arn, String userId) {
    return new Principal(arn, userId, Optional.empty());
  }

  public static Principal session(String roleArn, String roleId, String sessionName) {
    String[] parts = roleArn.split(":", 6);
    String name = roleArn.substring(roleArn.lastIndexOf('/') + 1);
    String arn =
        "arn:%s:sts::%s:assumed-role/%s/%s".formatted(parts[1], parts[4], name, sessionName);
    return new Principal(arn, roleId + ":" + sessionName, Optional.of(roleArn));
  }

  public String account() {
    return arn.split(":", 6)[4];
  }

  /** The user's or the role's ARN: what policies are attached to and what trust policies name. */
  public String identityArn() {
    return roleArn.orElse(arn);
  }
}
