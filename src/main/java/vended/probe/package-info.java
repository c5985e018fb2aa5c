/**
 * Tests of client roles' trust policies: whether a role can be assumed with its client's
 * ExternalId, and not otherwise. Credentials that a test is given are dropped unseen.
 */
@NullMarked
package vended.probe;

import org.jspecify.annotations.NullMarked;
