/** Makes the pictures of the README from real output: {@code ./mvnw -Ppictures}. */
@NullMarked
package vended.pictures;

import org.jspecify.annotations.NullMarked;
