package vended.identity;

/** The parts that the regular expressions of ARNs share. */
final class Arns {
  /** The partitions that the service is made for, in a group that does not capture. */
  static final String PARTITION = "(?:aws|aws-cn|aws-us-gov)";

  /** What the ARN of everything in IAM begins with. */
  static final String IAM = "arn:" + PARTITION + ":iam::" + AccountId.REGEX + ":";

  /** One character of the name of a user, a role or a session. */
  static final String NAME = "[A-Za-z0-9_+=,.@-]";

  /** IAM allows a path of 512 characters and a name of 64. */
  static final int MAX_LENGTH = 640;

  private Arns() {}

  /** The account in the ARN of something in IAM, which is of no region. */
  static String account(String arn) {
    int start = arn.indexOf("::") + 2;
    return arn.substring(start, arn.indexOf(':', start));
  }

  /** The name without its path. */
  static String name(String arn) {
    return arn.substring(arn.lastIndexOf('/') + 1);
  }
}
