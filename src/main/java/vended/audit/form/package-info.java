/**
 * Forms in which rows of the audit are given to people and programs. What stands in a row may have
 * come from a caller: it is data in each of them.
 */
@NullMarked
package vended.audit.form;

import org.jspecify.annotations.NullMarked;
