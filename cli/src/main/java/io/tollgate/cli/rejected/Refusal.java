package io.tollgate.cli.rejected;

import io.tollgate.events.RejectedEvent;
import io.tollgate.events.RejectionReason;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A refused record as its rejection knows it: enough to tell whether what is at its coordinates is
 * still the same.
 *
 * @param length of the whole value, in bytes
 * @param beginning digest of the part of the value that the rejection repeats
 * @param beginningLength of that part, in bytes
 */
record Refusal(
    Source source, RejectionReason reason, long length, Digest beginning, int beginningLength) {

  static Refusal of(RejectedEvent rejection) {
    ByteBuffer repeated = rejection.getSourceValue().duplicate();
    byte[] bytes = new byte[repeated.remaining()];
    repeated.get(bytes);
    return new Refusal(
        Source.of(rejection),
        rejection.getReason(),
        rejection.getSourceLength(),
        Digest.of(bytes),
        bytes.length);
  }

  boolean isOf(ConsumerRecord<byte[], byte[]> record) {
    byte[] value = record.value() == null ? new byte[0] : record.value();
    return value.length == length
        && value.length >= beginningLength
        && Digest.of(Arrays.copyOf(value, beginningLength)).equals(beginning);
  }
}
