/** The parts of the benchmark. */
@NullMarked
package vended.bench.part;

import org.jspecify.annotations.NullMarked;
