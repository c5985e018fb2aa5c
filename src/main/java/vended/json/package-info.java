/** JSON as data, read strictly. Nothing is bound to classes by reflection. */
@NullMarked
package vended.json;

import org.jspecify.annotations.NullMarked;
