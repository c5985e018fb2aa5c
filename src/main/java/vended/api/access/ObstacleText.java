package vended.api.access;

import vended.audit.form.ReasonText;
import vended.vending.Obstacle;

/** Says what stands against a vend: as reasons are said, and more exactly about a client's role. */
final class ObstacleText {
  private ObstacleText() {}

  /** A clause, such as {@code the client is suspended}. */
  static String of(Obstacle obstacle) {
    return switch (obstacle) {
      case VENDING_STOPPED -> "all vending is stopped";
      case ROLE_NOT_KNOWN -> "the role is not one of the client's";
      case ROLE_DRIFTED -> "a probe found the role no longer safe";
      case CORRUPT_SWITCH,
          NO_GRANT,
          CORRUPT_GRANT,
          CALLER_ID_MISMATCH,
          GRANT_DISABLED,
          GRANT_NOT_YET_VALID,
          GRANT_EXPIRED,
          CORRUPT_HOLD,
          SUSPENDED_BY_CLIENT,
          NO_CLIENT,
          CORRUPT_CLIENT,
          CLIENT_SUSPENDED,
          NOT_OWN_ACCOUNT,
          ROLE_NOT_VERIFIED -> {
        String sentence = ReasonText.of(obstacle.reason());
        yield Character.toLowerCase(sentence.charAt(0)) + sentence.substring(1);
      }
    };
  }
}
