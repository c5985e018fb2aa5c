/** Tests of the forms of rows. */
@NullMarked
package vended.audit.form;

import org.jspecify.annotations.NullMarked;
