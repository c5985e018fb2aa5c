package vended.admin.change;

import vended.audit.VendId;
import vended.audit.VendRecord.Requester;

/**
 * One request of an administrator, for its records.
 *
 * @param vendId its name, given here as a vend's is
 * @param requester who asks, and the request's marks
 * @param by the administrator's canonical ARN, which the changed row keeps
 */
public record AdminTrace(VendId vendId, Requester requester, String by) {}
