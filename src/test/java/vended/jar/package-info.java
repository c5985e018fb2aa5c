/**
 * Tests of {@code target/vended.jar} as Lambda runs it: unpacked into a task root, under the real
 * runtime interface client, in a JVM of its own.
 */
@NullMarked
package vended.jar;

import org.jspecify.annotations.NullMarked;
