/** JSON as data: read strictly, written plainly. Nothing is bound to classes. */
@NullMarked
package vended.json;

import org.jspecify.annotations.NullMarked;
