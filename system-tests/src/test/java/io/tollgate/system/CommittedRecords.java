package io.tollgate.system;

import io.tollgate.schemas.topics.TopicSpec;
import io.tollgate.streams.config.TollgateConfig;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** All that is committed in some topics, from the beginning. */
final class CommittedRecords implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMillis(50);

  private final KafkaConsumer<byte[], byte[]> consumer;

  CommittedRecords(TollgateConfig config, int partitions, TopicSpec... topics) {
    consumer = new KafkaConsumer<>(config.consumer());
    consumer.assign(
        Arrays.stream(topics)
            .map(config.topicNames()::full)
            .flatMap(
                topic ->
                    IntStream.range(0, partitions)
                        .mapToObj(partition -> new TopicPartition(topic, partition)))
            .toList());
    consumer.seekToBeginning(consumer.assignment());
  }

  /** What comes next; waits for a moment if there is nothing. */
  Iterable<ConsumerRecord<byte[], byte[]>> poll() {
    return consumer.poll(PATIENCE);
  }

  @Override
  public void close() {
    consumer.close();
  }
}
