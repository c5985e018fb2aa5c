/**
 * Draws a report as one self-contained HTML document: no script, no other file. All text goes
 * through {@code Html}, which escapes it.
 */
@NullMarked
package vended.report.former;

import org.jspecify.annotations.NullMarked;
