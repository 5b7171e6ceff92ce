package io.tollgate.simulator;

import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A record as a topology wrote it.
 *
 * @param topic name on the broker
 * @param timestamp epoch milliseconds, as the topology gave it
 * @param value null is a tombstone
 */
@SuppressWarnings("ArrayRecordComponent") // as opaque as on the wire; never compared
public record WrittenRecord(
    String topic,
    long timestamp,
    byte @Nullable [] key,
    byte @Nullable [] value,
    Headers headers) {}
