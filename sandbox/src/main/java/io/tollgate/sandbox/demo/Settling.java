package io.tollgate.sandbox.demo;

import io.tollgate.schemas.topics.TopicCatalogue;
import io.tollgate.schemas.topics.TopicSpec;
import io.tollgate.streams.admin.AdminClients;
import io.tollgate.streams.config.TollgateConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Tells from offsets whether everything sent is decided, and everything decided is answered. */
final class Settling implements AutoCloseable {

  private static final List<TopicSpec> INPUTS =
      List.of(
          TopicCatalogue.USAGE_EVENTS,
          TopicCatalogue.PAYMENT_EVENTS,
          TopicCatalogue.ACCOUNT_EVENTS);

  private final TollgateConfig config;
  private final Admin admin;

  Settling(TollgateConfig config) {
    this.config = config;
    this.admin = AdminClients.open(config);
  }

  /** Whether the pipeline knows all prices and policies that were published. */
  boolean isReferenceKnown() throws InterruptedException {
    Map<TopicPartition, Long> ends =
        ends(List.of(TopicCatalogue.REFERENCE), IsolationLevel.READ_COMMITTED);
    // The last offset is the mark of the transaction that wrote them, not a record.
    ends.replaceAll((partition, end) -> end - 1);
    return areCommitted(ends);
  }

  /** Whether the pipeline has committed what comes of all inputs up to now. */
  boolean areInputsDecided() throws InterruptedException {
    return areCommitted(inputEnds());
  }

  /**
   * Whether, besides, the cards have answered all that came of it, and that is decided too: without
   * new requests nothing happens any more.
   */
  boolean isQuiet(CardProcessor cards) throws InterruptedException {
    Map<TopicPartition, Long> before = inputEnds();
    return areCommitted(before)
        && cards.hasReached(
            ends(List.of(TopicCatalogue.RECHARGE_REQUESTS), IsolationLevel.READ_COMMITTED))
        && inputEnds().equals(before);
  }

  /** Where the committed outputs end. */
  Map<TopicPartition, Long> outputEnds() throws InterruptedException {
    return ends(OutputTally.TOPICS, IsolationLevel.READ_COMMITTED);
  }

  private Map<TopicPartition, Long> inputEnds() throws InterruptedException {
    return ends(INPUTS, IsolationLevel.READ_UNCOMMITTED);
  }

  private boolean areCommitted(Map<TopicPartition, Long> ends) throws InterruptedException {
    Map<TopicPartition, OffsetAndMetadata> committed;
    try {
      committed =
          admin
              .listConsumerGroupOffsets(config.applicationId())
              .partitionsToOffsetAndMetadata()
              .get();
    } catch (ExecutionException e) {
      throw new KafkaException("Cannot read the pipeline's offsets: " + e.getCause(), e);
    }
    return ends.entrySet().stream()
        .allMatch(
            end -> {
              OffsetAndMetadata offset = committed.get(end.getKey());
              return end.getValue() <= 0 || (offset != null && offset.offset() >= end.getValue());
            });
  }

  private Map<TopicPartition, Long> ends(List<TopicSpec> topics, IsolationLevel isolation)
      throws InterruptedException {
    Map<TopicPartition, OffsetSpec> latest =
        topics.stream()
            .map(config.topicNames()::full)
            .flatMap(
                topic ->
                    IntStream.range(0, DemoCluster.PARTITIONS)
                        .mapToObj(partition -> new TopicPartition(topic, partition)))
            .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
    try {
      Map<TopicPartition, Long> ends = new HashMap<>();
      admin
          .listOffsets(latest, new ListOffsetsOptions(isolation))
          .all()
          .get()
          .forEach((partition, end) -> ends.put(partition, end.offset()));
      return ends;
    } catch (ExecutionException e) {
      throw new KafkaException("Cannot read the ends of topics: " + e.getCause(), e);
    }
  }

  @Override
  public void close() {
    admin.close();
  }
}
