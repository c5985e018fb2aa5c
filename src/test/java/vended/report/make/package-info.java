@NullMarked
package vended.report.make;

import org.jspecify.annotations.NullMarked;
