/** Short-lived credentials of clients' AWS roles for a vendor's pipelines. */
@NullMarked
package vended;

import org.jspecify.annotations.NullMarked;
