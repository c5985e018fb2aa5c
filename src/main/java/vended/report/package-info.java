/**
 * The auditors' report: what a period's rows and the allow-list of now add up to. All of it is
 * figures; {@code page} makes a document of them.
 */
@NullMarked
package vended.report;

import org.jspecify.annotations.NullMarked;
