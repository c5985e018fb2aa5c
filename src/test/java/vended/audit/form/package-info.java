/** Tests of the forms in which rows are given. */
@NullMarked
package vended.audit.form;

import org.jspecify.annotations.NullMarked;
