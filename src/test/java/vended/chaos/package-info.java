/**
 * Breaks the network between the service and AWS at each of its calls, in each way, and checks the
 * promises after each.
 *
 * <p>Nobody lists the calls. A {@code Deed} is run once without a fault, and the {@code Network}
 * says which calls it made: a new call is broken without anybody adding it here. Calls that only a
 * fault brings about, such as reading a record back, are broken together with that fault.
 */
@NullMarked
package vended.chaos;

import org.jspecify.annotations.NullMarked;
