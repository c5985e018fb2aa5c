package vended.admin.verification;

import java.util.Locale;

/** What a scheduled probe led to. */
public enum Settlement {
  /** The role is as it was verified. The probe's own record is the proof; nothing was written. */
  UNCHANGED,
  /** The role is safe, and takes other things than it did: a SourceIdentity, or session tags. */
  RENEWED,
  /** The role is no longer safe, and refused from the next call. */
  DRIFTED,
  /** Nothing was found for certain. */
  UNCLEAR,
  /** The role is none that is vended: a person has to verify it. */
  NOT_VERIFIED,
  /** Somebody knows better since: a later probe, or another ExternalId. */
  OUTDATED;

  /** The word as it stands in the state machine's data. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
