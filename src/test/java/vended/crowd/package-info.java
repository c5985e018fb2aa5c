/**
 * Many callers at once, with faults in the network and administrators at work: every answer is
 * compared with the allow-list as it was, the audit, and what STS has issued.
 */
@NullMarked
package vended.crowd;

import org.jspecify.annotations.NullMarked;
