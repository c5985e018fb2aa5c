/** {@code docs/openapi.yaml} and {@code docs/grants.schema.json}, compared with the service. */
@NullMarked
package vended.openapi;

import org.jspecify.annotations.NullMarked;
