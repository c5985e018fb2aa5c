/**
 * Known secrets are planted, and everything that the service and the script write is searched for
 * them, in every form.
 */
@NullMarked
package vended.canary;

import org.jspecify.annotations.NullMarked;
