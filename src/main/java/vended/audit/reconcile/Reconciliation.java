package vended.audit.reconcile;

import java.util.List;

/** What came of comparing CloudTrail's events with the audit. */
public sealed interface Reconciliation {
  /**
   * All that is in the period was judged.
   *
   * @param events how many events of the vendor role were judged
   * @param ignored how many events were of something else or somebody else
   * @param records how many records were judged: intents, granted outcomes and what probes found
   * @param matched how many of the events are explained by a record
   * @param findings the others, and records without an event
   * @param complete whether the period ended so long ago that CloudTrail has all of its events
   */
  record Judged(
      int events, int ignored, int records, int matched, List<Finding> findings, boolean complete)
      implements Reconciliation {
    /** Copies the findings. */
    public Judged {
      findings = List.copyOf(findings);
    }
  }

  /** The audit has more records in the period than one call reads; nothing was judged. */
  record TooMuch() implements Reconciliation {}
}
