package vended.probe;

import vended.identity.Caller;
import vended.identity.FunctionArn;

/**
 * For whom a role is probed, as STS and the client's CloudTrail see it.
 *
 * @param arn the caller, or the function that probes on schedule
 * @param name the start of the session's name
 * @param sourceIdentity the caller's unique ID, or the function's name, which can't be mistaken for
 *     one: IDs have no hyphen
 */
public record Prober(String arn, String name, String sourceIdentity) {
  /** A caller of the API. */
  public static Prober of(Caller caller) {
    return new Prober(caller.arn().value(), caller.arn().name(), caller.uniqueId());
  }

  /** The schedule: the function itself, since there is no caller. */
  public static Prober of(FunctionArn function) {
    return new Prober(function.value(), function.name(), function.name());
  }
}
