package io.tollgate.streams.processor;

import io.tollgate.domain.Rejection;
import io.tollgate.mapping.Rejections;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.Record;

/** A refused record as it goes to {@code rejected-events}, at the time it arrived. */
final class RejectedRecord {

  private RejectedRecord() {}

  /**
   * The rejection to forward.
   *
   * @param topic topic of the refused record, without prefix
   */
  @SuppressWarnings("NullAway") // Kafka's keys may be null; its API does not say so
  static Record<byte[], SpecificRecord> of(
      Rejection rejection,
      String topic,
      int partition,
      long offset,
      Record<byte[], byte[]> refused) {
    return new Record<>(
        Rejections.key(refused.key()),
        Rejections.rejectedEvent(
            rejection,
            topic,
            partition,
            offset,
            refused.key(),
            refused.value(),
            refused.timestamp()),
        refused.timestamp());
  }
}
