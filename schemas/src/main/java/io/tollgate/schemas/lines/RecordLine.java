package io.tollgate.schemas.lines;

import com.fasterxml.jackson.databind.JsonNode;
import io.tollgate.schemas.topics.TopicSpec;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A record as a line of input says it; whether the value has the shape of its type is not judged.
 *
 * @param time when it says it arrives, in epoch milliseconds; null if it does not say
 * @param key bytes of its key; null if it has none
 * @param value null is a tombstone
 */
@SuppressWarnings("ArrayRecordComponent") // as opaque as on the wire; never compared
public record RecordLine(
    TopicSpec topic,
    Schema type,
    @Nullable Long time,
    byte @Nullable [] key,
    @Nullable JsonNode value)
    implements InputLine {}
