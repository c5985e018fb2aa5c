/** Changes of the allow-list by administrators: no audit record, no change. */
@NullMarked
package vended.admin;

import org.jspecify.annotations.NullMarked;
