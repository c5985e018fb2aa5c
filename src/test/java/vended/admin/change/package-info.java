@NullMarked
package vended.admin.change;

import org.jspecify.annotations.NullMarked;
