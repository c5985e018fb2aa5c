/**
 * CloudTrail's events of AssumeRole against the audit's records: each use of the vendor role must
 * be explained by a record, and each record of issued credentials by an event.
 */
@NullMarked
package vended.audit.reconcile;

import org.jspecify.annotations.NullMarked;
