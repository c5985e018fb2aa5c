package vended.report;

/**
 * Which caller was granted which client role.
 *
 * @param strongest the pairs of a caller and a role that were granted most often
 * @param ofOthers the outcomes of the vends of the other pairs. If not the whole period was read,
 *     denied and failed are unknown, since other pairs can be the strongest
 */
public record CallerRoleLinks(Shortened<Link> strongest, OutcomeFigures ofOthers) {
  /**
   * A caller and a client role that it was granted.
   *
   * @param caller the caller's ARN
   * @param roleArn the client role's ARN
   * @param outcomes the outcomes of its vends
   */
  public record Link(String caller, String roleArn, OutcomeFigures outcomes) {}
}
