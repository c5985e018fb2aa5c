/** What the machine tells and allows: CPU time, shares of it, programs. */
@NullMarked
package vended.bench.os;

import org.jspecify.annotations.NullMarked;
