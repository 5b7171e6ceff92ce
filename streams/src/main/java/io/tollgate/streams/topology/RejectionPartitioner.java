package io.tollgate.streams.topology;

import io.tollgate.events.RejectedEvent;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.StreamPartitioner;

/**
 * Keeps a rejected record in the partition that it came from, whatever its key: so each output
 * partition has the one task of that number as its writer.
 */
final class RejectionPartitioner implements StreamPartitioner<byte[], SpecificRecord> {

  @Override
  public Optional<Set<Integer>> partitions(
      String topic, byte[] key, SpecificRecord value, int numPartitions) {
    int source = ((RejectedEvent) value).getSourcePartition();
    return Optional.of(Set.of(Math.floorMod(source, numPartitions)));
  }
}
