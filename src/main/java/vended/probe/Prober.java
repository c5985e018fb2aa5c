package vended.probe;

import vended.identity.Caller;
import vended.identity.FunctionArn;

/**
 * Who a probe is made for, as STS and the client's CloudTrail are told.
 *
 * @param arn the caller, or the function that probes by schedule, when nobody asked
 * @param name what the session's name begins with
 * @param sourceIdentity the caller's unique ID, or the function's name, which is never one: IDs
 *     have no hyphen
 */
public record Prober(String arn, String name, String sourceIdentity) {
  /** A caller of the API. */
  public static Prober of(Caller caller) {
    return new Prober(caller.arn().value(), caller.arn().name(), caller.uniqueId());
  }

  /** The schedule, which is no caller: the function speaks for itself. */
  public static Prober of(FunctionArn function) {
    return new Prober(function.value(), function.name(), function.name());
  }
}
