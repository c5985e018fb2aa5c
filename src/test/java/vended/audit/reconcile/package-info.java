/** Tests of reconciling on rows and events in memory. */
@NullMarked
package vended.audit.reconcile;

import org.jspecify.annotations.NullMarked;
