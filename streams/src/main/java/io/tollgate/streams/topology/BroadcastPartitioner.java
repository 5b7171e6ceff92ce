package io.tollgate.streams.topology;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.StreamPartitioner;

/** Sends a record to every partition. */
final class BroadcastPartitioner implements StreamPartitioner<byte[], SpecificRecord> {

  @Override
  public Optional<Set<Integer>> partitions(
      String topic, byte[] key, SpecificRecord value, int numPartitions) {
    return Optional.of(
        IntStream.range(0, numPartitions).boxed().collect(Collectors.toUnmodifiableSet()));
  }
}
