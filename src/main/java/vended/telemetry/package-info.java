/** Metrics for operators. No text that a caller controls becomes a name or a dimension. */
@NullMarked
package vended.telemetry;

import org.jspecify.annotations.NullMarked;
