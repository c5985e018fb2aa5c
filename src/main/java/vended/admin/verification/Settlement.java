package vended.admin.verification;

import vended.text.Coded;

/** The result of settling a scheduled probe. */
public enum Settlement implements Coded {
  /** The role is unchanged. The probe's own record is the proof; nothing was written. */
  UNCHANGED,
  /** The role is safe, but now accepts or refuses a SourceIdentity or session tags. */
  RENEWED,
  /** The role is no longer safe, and is refused from the next call. */
  DRIFTED,
  /** The role refuses the vendor; the end of the run decides whether that is the client's doing. */
  REFUSED,
  /** The probe was inconclusive. */
  UNCLEAR,
  /** The role is not vended: a person has to verify it first. */
  NOT_VERIFIED,
  /** A new role is safe, and was activated since an administrator had asked for that. */
  ACTIVATED,
  /** A new role is safe, and waits for a person to verify it. */
  READY,
  /** The probe is outdated: by a later one, by its age, or by another ExternalId. */
  OUTDATED;
}
