package vended.audit;

/**
 * One request, for its audit records: a vend, a probe or a change.
 *
 * @param vendId its ID
 * @param requester who asks
 */
public record Trace(VendId vendId, Requester requester) {
  /** The same requester under another ID, for a request that makes several changes. */
  public Trace withId(VendId another) {
    return new Trace(another, requester);
  }

  /**
   * The author that a changed row names: the canonical ARN of an identified caller.
   *
   * @throws IllegalStateException if the requester is unknown
   */
  public String by() {
    if (requester.caller() == null) {
      throw new IllegalStateException("the requester is unknown");
    }
    return requester.caller();
  }
}
