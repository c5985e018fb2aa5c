/**
 * The door of pipelines: {@code /credentials}, {@code /roles} and {@code /probes}. One function,
 * one IAM role.
 */
@NullMarked
package vended.api.vend;

import org.jspecify.annotations.NullMarked;
