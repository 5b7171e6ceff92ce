/** Avro records to events of the domain, effects of the domain to Avro records. */
@NullMarked
package io.tollgate.mapping;

import org.jspecify.annotations.NullMarked;
