package vended.audit;

import vended.audit.VendRecord.Requester;

/**
 * One vend, for its records.
 *
 * @param vendId its name
 * @param requester who asks, and the request's marks
 */
public record Trace(VendId vendId, Requester requester) {}
