package vended.audit.reconcile;

import java.util.List;

/** The result of comparing CloudTrail's events with the audit. */
public sealed interface Reconciliation {
  /**
   * The whole period was judged.
   *
   * @param events how many events of the vendor role were judged
   * @param ignored how many events were other calls, or somebody else's
   * @param records how many records were judged: intents, granted outcomes and results of probes
   * @param matched how many of the events a record explains
   * @param findings the others, and records without an event
   * @param complete whether the period ended long enough ago for CloudTrail to have all its events
   * @param vendorRole whose events were judged
   */
  record Judged(
      int events,
      int ignored,
      int records,
      int matched,
      List<Finding> findings,
      boolean complete,
      VendorRole vendorRole)
      implements Reconciliation {
    public Judged {
      findings = List.copyOf(findings);
    }
  }

  /** Nothing was judged: the period has more records than one call reads. */
  record TooMuch() implements Reconciliation {}
}
