/** The door of auditors: reads the audit and never writes. One function, one IAM role. */
@NullMarked
package vended.api.audit;

import org.jspecify.annotations.NullMarked;
