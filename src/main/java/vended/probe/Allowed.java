package vended.probe;

import java.util.List;

/**
 * What a trust policy allows beside {@code sts:AssumeRole}.
 *
 * @param sourceIdentity {@code sts:SetSourceIdentity}
 * @param sessionTags {@code sts:TagSession}
 */
record Allowed(boolean sourceIdentity, boolean sessionTags) {
  static final Allowed ALL = new Allowed(true, true);
  static final Allowed NOTHING = new Allowed(false, false);

  /** In the order in which they are tried: what says more of the caller first. */
  static final List<Allowed> FROM_MOST =
      List.of(ALL, new Allowed(true, false), new Allowed(false, true), NOTHING);
}
