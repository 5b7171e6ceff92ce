package io.tollgate.streams.app;

import static io.tollgate.schemas.topics.TopicCatalogue.ACCESS_POLICIES;
import static io.tollgate.schemas.topics.TopicCatalogue.PRICE_BOOK;

import io.tollgate.schemas.topics.TopicNames;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Waits until the registry has passed on all prices and policies that were published by now, so
 * that accounts never start with fewer than were there before.
 */
final class ReferenceCatchUp {

  private static final Duration POLL = Duration.ofMillis(50);

  private final Admin admin;
  private final TopicNames names;
  private final String registryGroup;

  ReferenceCatchUp(Admin admin, TopicNames names, String registryGroup) {
    this.admin = admin;
    this.names = names;
    this.registryGroup = registryGroup;
  }

  /** What tells whether to go on waiting. */
  interface Running {
    boolean isRunning();
  }

  /** Returns early, and false, if the registry stops meanwhile. */
  boolean await(Running registry) throws InterruptedException, ExecutionException {
    Map<TopicPartition, Long> targets = ends();
    while (!reached(targets)) {
      if (!registry.isRunning()) {
        return false;
      }
      Thread.sleep(POLL.toMillis());
    }
    return true;
  }

  private Map<TopicPartition, Long> ends() throws InterruptedException, ExecutionException {
    Map<TopicPartition, OffsetSpec> latest =
        Stream.of(PRICE_BOOK, ACCESS_POLICIES)
            .map(topic -> new TopicPartition(names.full(topic), 0))
            .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
    Map<TopicPartition, ListOffsetsResultInfo> ends = admin.listOffsets(latest).all().get();
    return ends.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, end -> end.getValue().offset()));
  }

  private boolean reached(Map<TopicPartition, Long> targets)
      throws InterruptedException, ExecutionException {
    Map<TopicPartition, OffsetAndMetadata> committed =
        admin.listConsumerGroupOffsets(registryGroup).partitionsToOffsetAndMetadata().get();
    return targets.entrySet().stream()
        .allMatch(
            target -> {
              OffsetAndMetadata offset = committed.get(target.getKey());
              return target.getValue() == 0
                  || (offset != null && offset.offset() >= target.getValue());
            });
  }
}
