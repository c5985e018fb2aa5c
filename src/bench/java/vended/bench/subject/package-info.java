/** What is measured: the packaged jar and its peers, each in a process under the Runtime API. */
@NullMarked
package vended.bench.subject;

import org.jspecify.annotations.NullMarked;
