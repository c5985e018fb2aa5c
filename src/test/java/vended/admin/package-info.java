/** Tests of the administrators' use cases, on an allow-list and an audit in memory. */
@NullMarked
package vended.admin;

import org.jspecify.annotations.NullMarked;
