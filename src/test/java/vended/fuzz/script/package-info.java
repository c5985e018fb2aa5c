/** What is fuzzed of the script, each in every shell of this machine. */
@NullMarked
package vended.fuzz.script;

import org.jspecify.annotations.NullMarked;
