/**
 * The forms in which people and programs get rows of the audit. A caller may have written what is
 * in a row, so each form treats it as data.
 */
@NullMarked
package vended.audit.form;

import org.jspecify.annotations.NullMarked;
