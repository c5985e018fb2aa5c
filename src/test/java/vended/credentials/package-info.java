/** Tests of what the package does, seen from outside it. */
@NullMarked
package vended.credentials;

import org.jspecify.annotations.NullMarked;
