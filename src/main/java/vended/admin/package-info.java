/** Changes of the allow-list, by administrators and by the schedule: no audit record, no change. */
@NullMarked
package vended.admin;

import org.jspecify.annotations.NullMarked;
