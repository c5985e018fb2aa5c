package vended.crowd;

import java.time.Instant;
import vended.local.Keys;
import vended.local.LocalStack;
import vended.local.Principal;
import vended.local.SignedClient;

/**
 * A caller.
 *
 * @param arn as grants name it
 * @param uniqueId as a grant is pinned to it
 * @param client with which it calls
 */
record Who(String arn, String uniqueId, SignedClient client) {
  private static final String VENDOR = "111122223333";

  /** Longer than any run. */
  private static final Instant END = Instant.parse("2100-01-01T00:00:00Z");

  /**
   * Callers that are easily taken for one another: users with the name of a role, and names that
   * differ only behind what fits into a session's name.
   */
  static Who of(int number, LocalStack stack, SignedClient connections) {
    Keys keys = stack.keys();
    Principal principal =
        switch (number % 5) {
          case 0 -> user(keys, "pipelines/Builder-" + (number + 1));
          case 3, 4 ->
              session(keys, "a-build-role-with-a-name-of-more-than-37-characters-" + number);
          default -> session(keys, "Builder-" + number);
        };
    Keys.Key key =
        principal.roleArn().isPresent() ? keys.issue(principal, END) : keys.issue(principal);
    String uniqueId = principal.userId().replaceFirst(":.*", "");
    return new Who(principal.identityArn(), uniqueId, connections.as(key));
  }

  private static Principal user(Keys keys, String pathAndName) {
    return Principal.user(
        "arn:aws:iam::%s:user/%s".formatted(VENDOR, pathAndName), keys.uniqueId("AIDA"));
  }

  private static Principal session(Keys keys, String name) {
    return Principal.session(
        "arn:aws:iam::%s:role/%s".formatted(VENDOR, name), keys.uniqueId("AROA"), "build");
  }

  /** What its sessions' names are. */
  String sessionName(String vendId) {
    String name = arn.substring(arn.lastIndexOf('/') + 1);
    return name.substring(0, Math.min(37, name.length())) + "@" + vendId;
  }
}
