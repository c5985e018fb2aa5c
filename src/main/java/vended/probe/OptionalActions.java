package vended.probe;

import java.util.List;

/**
 * What a trust policy allows in addition to {@code sts:AssumeRole}.
 *
 * @param sourceIdentity {@code sts:SetSourceIdentity}
 * @param sessionTags {@code sts:TagSession}
 */
record OptionalActions(boolean sourceIdentity, boolean sessionTags) {
  static final OptionalActions ALL = new OptionalActions(true, true);
  static final OptionalActions NOTHING = new OptionalActions(false, false);

  /** In the order in which they are tried: those that say most about the caller first. */
  static final List<OptionalActions> FROM_MOST =
      List.of(ALL, new OptionalActions(true, false), new OptionalActions(false, true), NOTHING);
}
