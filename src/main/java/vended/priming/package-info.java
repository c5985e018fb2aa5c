/** What runs before a function's first event, so that the event finds its classes loaded. */
@NullMarked
package vended.priming;

import org.jspecify.annotations.NullMarked;
