package vended.volume;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent.RequestIdentity;
import java.util.ArrayList;
import java.util.List;

/**
 * A caller.
 *
 * @param arn as grants name it
 * @param id its unique ID
 */
record Who(String arn, String id) {
  /** The vendor's own account. */
  static final String VENDOR = "111122223333";

  private static final String LONG = "a-build-role-with-a-name-of-more-than-37-characters-";

  /**
   * Callers as they are: most are roles of the vendor. Some share their name with a role of another
   * account, some differ only after what fits into a session's name, and some are users.
   */
  static List<Who> all(int count) {
    List<Who> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String role = "arn:aws:iam::%s:role/%s%d";
      String arn =
          switch (i % 10) {
            case 6 -> role.formatted("222233334444", "Builder", i - 1);
            case 7, 8 -> role.formatted(VENDOR, LONG, i);
            case 9 -> "arn:aws:iam::%s:user/pipelines/legacy-%d".formatted(VENDOR, i);
            default -> role.formatted(VENDOR, "Builder", i);
          };
      all.add(new Who(arn, (i % 10 == 9 ? "AIDA" : "AROA") + "VOLUMECALLER%04d".formatted(i)));
    }
    return all;
  }

  boolean isUser() {
    return id.startsWith("AIDA");
  }

  String account() {
    return arn.substring(13, 25);
  }

  String name() {
    return arn.substring(arn.lastIndexOf('/') + 1);
  }

  /** What STS is told: 37 characters of the name, and the vend. */
  String sessionName(String vendId) {
    return name().substring(0, Math.min(37, name().length())) + "@" + vendId;
  }

  /** As API Gateway names it. */
  RequestIdentity identity(String session) {
    return new RequestIdentity()
        .withAccountId(account())
        .withUserArn(
            isUser()
                ? arn
                : "arn:aws:sts::%s:assumed-role/%s/%s".formatted(account(), name(), session))
        .withCaller(isUser() ? id : id + ":" + session);
  }
}
