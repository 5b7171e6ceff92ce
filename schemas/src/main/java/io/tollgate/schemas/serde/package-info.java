/** Avro single-object encoding of every record type, and Kafka serdes on top of it. */
@NullMarked
package io.tollgate.schemas.serde;

import org.jspecify.annotations.NullMarked;
