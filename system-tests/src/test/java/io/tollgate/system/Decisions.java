package io.tollgate.system;

import static io.tollgate.schemas.topics.TopicCatalogue.AUTHORIZATION_DECISIONS;

import io.tollgate.events.AuthorizationDecided;
import io.tollgate.schemas.serde.EventCodec;
import io.tollgate.streams.config.TollgateConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Decisions about authorizations, as committed. */
final class Decisions implements AutoCloseable {

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Map<String, List<AuthorizationDecided>> byAccount = new HashMap<>();

  Decisions(TollgateConfig config, int partitions) {
    consumer = new KafkaConsumer<>(config.consumer());
    String topic = config.topicNames().full(AUTHORIZATION_DECISIONS);
    consumer.assign(
        IntStream.range(0, partitions).mapToObj(each -> new TopicPartition(topic, each)).toList());
    consumer.seekToBeginning(consumer.assignment());
  }

  /** What was committed meanwhile. */
  List<AuthorizationDecided> poll() {
    List<AuthorizationDecided> polled = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(20))) {
      AuthorizationDecided decided = (AuthorizationDecided) EventCodec.decode(record.value());
      byAccount.computeIfAbsent(decided.getAccountId(), id -> new ArrayList<>()).add(decided);
      polled.add(decided);
    }
    return polled;
  }

  /** All so far of one account, in their order. */
  List<AuthorizationDecided> of(String accountId) {
    return byAccount.getOrDefault(accountId, List.of());
  }

  @Override
  public void close() {
    consumer.close();
  }
}
