/**
 * A report as one HTML document that needs nothing else: no script, no file from elsewhere. All
 * text goes through {@code Html}, which escapes it.
 */
@NullMarked
package vended.report.page;

import org.jspecify.annotations.NullMarked;
