package vended.report;

import vended.allowlist.Grant;
import vended.allowlist.Stored;

/**
 * Grants that hold and that nobody has used for 90 days.
 *
 * @param young how many were made within the 90 days and not used in the period; unknown if not the
 *     whole period was read
 * @param notLookedAt how many were not checked, for lack of time or because their caller has too
 *     many records
 */
public record Unused(Shortened<Stored<Grant>> grants, Figure young, Figure notLookedAt) {}
