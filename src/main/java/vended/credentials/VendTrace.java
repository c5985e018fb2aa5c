package vended.credentials;

import vended.audit.AuditRecord.Requester;
import vended.audit.VendId;

/**
 * One vend, for its records.
 *
 * @param vendId its name
 * @param requester who asks, and the request's marks
 */
public record VendTrace(VendId vendId, Requester requester) {}
