/** What a probe means for a role: verified or not, on an administrator's word or on schedule. */
@NullMarked
package vended.admin.verification;

import org.jspecify.annotations.NullMarked;
