/** Marks roles as verified or drifted after a probe, by an administrator or on schedule. */
@NullMarked
package vended.admin.verification;

import org.jspecify.annotations.NullMarked;
