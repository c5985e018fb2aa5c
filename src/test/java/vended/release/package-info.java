/** What is downloaded: the files of a release, and the line that installs the script. */
@NullMarked
package vended.release;

import org.jspecify.annotations.NullMarked;
