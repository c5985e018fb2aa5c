/** The door of administrators: every change of the allow-list. One function, one IAM role. */
@NullMarked
package vended.api.admin;

import org.jspecify.annotations.NullMarked;
