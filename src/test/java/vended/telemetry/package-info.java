@NullMarked
package vended.telemetry;

import org.jspecify.annotations.NullMarked;
