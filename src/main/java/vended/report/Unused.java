package vended.report;

import vended.allowlist.Grant;
import vended.allowlist.Kept;

/**
 * Grants that hold, and that nobody has used for 90 days.
 *
 * @param grants those
 * @param young how many were not used, but were made within the 90 days
 * @param notLookedAt how many were not looked at, for want of time or because their caller does
 *     very much
 */
public record Unused(Listed<Kept<Grant>> grants, int young, int notLookedAt) {}
