/**
 * The functions that the schedule and its state machine invoke. Three functions, three IAM roles.
 */
@NullMarked
package vended.api.schedule;

import org.jspecify.annotations.NullMarked;
