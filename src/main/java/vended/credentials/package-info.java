/** The use case: from a permitted request to credentials, with the audit record around it. */
@NullMarked
package vended.credentials;

import org.jspecify.annotations.NullMarked;
