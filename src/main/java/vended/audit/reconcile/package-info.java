/**
 * Compares CloudTrail's events of AssumeRole with the audit's records: a record must explain each
 * use of the vendor role, and an event each record of issued credentials.
 */
@NullMarked
package vended.audit.reconcile;

import org.jspecify.annotations.NullMarked;
