/** Tests of how roles are marked. */
@NullMarked
package vended.admin.verification;

import org.jspecify.annotations.NullMarked;
