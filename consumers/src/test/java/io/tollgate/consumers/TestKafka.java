package io.tollgate.consumers;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tollgate.embedded.EmbeddedKafka;
import io.tollgate.schemas.serde.EventCodec;
import io.tollgate.schemas.topics.TopicNames;
import io.tollgate.schemas.topics.TopicSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A broker, and what a test does there besides consuming. */
public final class TestKafka implements AutoCloseable {

  private EmbeddedKafka kafka;
  private final String bootstrapServers;
  private final Admin admin;
  private final KafkaProducer<byte[], byte[]> producer;

  public TestKafka() {
    this(builder().start());
  }

  /** A broker that can go away and come back, with its data here. */
  public TestKafka(Path directory) {
    this(builder().dataDirectory(directory).start());
  }

  private TestKafka(EmbeddedKafka kafka) {
    this.kafka = kafka;
    this.bootstrapServers = kafka.bootstrapServers();
    this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    this.producer = newProducer(Map.of());
  }

  // A group that waits for more members would make each test three seconds longer.
  private static EmbeddedKafka.Builder builder() {
    return EmbeddedKafka.builder().property("group.initial.rebalance.delay.ms", "0");
  }

  public void goAway() {
    kafka.close();
  }

  public void comeBack(Path directory) {
    int port = Integer.parseInt(bootstrapServers.substring(bootstrapServers.indexOf(':') + 1));
    kafka = builder().dataDirectory(directory).port(port).start();
  }

  public String bootstrapServers() {
    return bootstrapServers;
  }

  public void createTopics(String prefix, int partitions, TopicSpec... specs) throws Exception {
    List<NewTopic> topics =
        Stream.of(specs)
            .map(spec -> spec.toNewTopic(new TopicNames(prefix), partitions, (short) 1))
            .toList();
    admin.createTopics(topics).all().get();
    for (NewTopic topic : topics) {
      awaitTopic(topic.name());
    }
  }

  /** The controller has a new topic some time before the broker knows it. */
  private void awaitTopic(String name) throws Exception {
    while (true) {
      try {
        admin.describeTopics(List.of(name)).allTopicNames().get();
        return;
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw e;
        }
      }
    }
  }

  public void send(String topic, String key, SpecificRecord event) throws Exception {
    send(topic, key, EventCodec.encode(event));
  }

  public void send(String topic, String key, byte[] value) throws Exception {
    producer.send(new ProducerRecord<>(topic, key.getBytes(UTF_8), value)).get();
  }

  void sendInTransaction(String topic, String key, SpecificRecord event, boolean commit)
      throws Exception {
    try (KafkaProducer<byte[], byte[]> transactional =
        newProducer(Map.of("transactional.id", topic))) {
      transactional.initTransactions();
      transactional.beginTransaction();
      transactional
          .send(new ProducerRecord<>(topic, key.getBytes(UTF_8), EventCodec.encode(event)))
          .get();
      if (commit) {
        transactional.commitTransaction();
      } else {
        transactional.abortTransaction();
      }
    }
  }

  /** All records of a topic, once there are at least so many. */
  public List<ConsumerRecord<byte[], byte[]>> read(String topic, int atLeast) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer = newConsumer()) {
      List<TopicPartition> partitions = partitions(consumer, topic);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long end = consumer.endOffsets(partitions).values().stream().mapToLong(o -> o).sum();
      while (records.size() < Math.max(end, atLeast)) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
    }
    return records;
  }

  /** How many offsets of a topic a group has not committed. */
  public long lag(String group, String topic) throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetAndMetadata> committed =
        admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
    try (KafkaConsumer<byte[], byte[]> consumer = newConsumer()) {
      List<TopicPartition> partitions = partitions(consumer, topic);
      long lag = 0;
      for (Map.Entry<TopicPartition, Long> end : consumer.endOffsets(partitions).entrySet()) {
        OffsetAndMetadata offset = committed.get(end.getKey());
        lag += end.getValue() - (offset == null ? 0 : offset.offset());
      }
      return lag;
    }
  }

  Collection<MemberDescription> members(String group)
      throws ExecutionException, InterruptedException {
    return admin.describeConsumerGroups(List.of(group)).all().get().values().stream()
        .flatMap(description -> description.members().stream())
        .toList();
  }

  private static List<TopicPartition> partitions(
      KafkaConsumer<byte[], byte[]> consumer, String topic) {
    return consumer.partitionsFor(topic).stream()
        .map(info -> new TopicPartition(topic, info.partition()))
        .toList();
  }

  private KafkaConsumer<byte[], byte[]> newConsumer() {
    return new KafkaConsumer<>(
        Map.of("bootstrap.servers", bootstrapServers()),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  private KafkaProducer<byte[], byte[]> newProducer(Map<String, Object> more) {
    Map<String, Object> properties = new HashMap<>(more);
    properties.put("bootstrap.servers", bootstrapServers());
    return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  @Override
  public void close() {
    producer.close();
    admin.close();
    kafka.close();
  }
}
