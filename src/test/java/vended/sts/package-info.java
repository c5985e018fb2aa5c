@NullMarked
package vended.sts;

import org.jspecify.annotations.NullMarked;
