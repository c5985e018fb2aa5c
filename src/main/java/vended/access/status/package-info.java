/** Whether everything is all right: what needs somebody's attention, the most severe first. */
@NullMarked
package vended.access.status;

import org.jspecify.annotations.NullMarked;
