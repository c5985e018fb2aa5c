/** Figures, and what is made of them: a table, JSON and plots. */
@NullMarked
package vended.bench.result;

import org.jspecify.annotations.NullMarked;
