/**
 * Probes of client roles' trust policies: whether a role can be assumed with its client's
 * ExternalId, and not otherwise. The credentials that STS issues to a probe are dropped.
 */
@NullMarked
package vended.probe;

import org.jspecify.annotations.NullMarked;
