package io.tollgate.simulator;

import io.tollgate.schemas.serde.EventCodec;
import io.tollgate.schemas.topics.TopicSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** One topology, driven record by record. */
final class TopologyDriver implements AutoCloseable {

  private final Path stateDirectory;
  private final TopologyTestDriver driver;
  private final Map<String, TestInputTopic<byte[], byte[]>> inputs = new HashMap<>();
  private final Map<String, TestOutputTopic<byte[], byte[]>> outputs = new HashMap<>();

  TopologyDriver(String applicationId, Supplier<Topology> topology) {
    try {
      stateDirectory = Files.createTempDirectory("tollgate-simulator");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot create a temporary directory", e);
    }
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "simulated:0");
    properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDirectory.toString());
    driver = new TopologyTestDriver(topology.get(), properties, Instant.EPOCH);
  }

  @SuppressWarnings("NullAway") // keys and values may be null; the driver's API does not say so
  void pipe(TopicSpec topic, byte @Nullable [] key, byte @Nullable [] value, long time) {
    inputs
        .computeIfAbsent(
            topic.name(),
            name ->
                driver.createInputTopic(name, new ByteArraySerializer(), new ByteArraySerializer()))
        .pipeInput(key, value, time);
  }

  /** Passes all records of a topic on, at the given time. Returns whether there were any. */
  boolean forward(TopicSpec topic, TopologyDriver target, long time) {
    List<TestRecord<byte[], byte[]>> records = output(topic).readRecordsToList();
    records.forEach(record -> target.pipe(topic, record.key(), record.value(), time));
    return !records.isEmpty();
  }

  /** Takes all records of a topic that were not read yet. */
  List<OutputRecord> read(TopicSpec topic) {
    TestOutputTopic<byte[], byte[]> output = output(topic);
    if (output.isEmpty()) {
      return List.of();
    }
    List<OutputRecord> records = new ArrayList<>();
    for (TestRecord<byte[], byte[]> record : output.readRecordsToList()) {
      records.add(
          new OutputRecord(
              topic,
              record.timestamp(),
              record.key() == null ? null : new String(record.key(), StandardCharsets.UTF_8),
              record.value() == null ? null : EventCodec.decode(record.value())));
    }
    return records;
  }

  private TestOutputTopic<byte[], byte[]> output(TopicSpec topic) {
    return outputs.computeIfAbsent(
        topic.name(),
        name ->
            driver.createOutputTopic(
                name, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
  }

  @Override
  public void close() {
    driver.close();
    try (Stream<Path> files = Files.walk(stateDirectory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + stateDirectory, e);
    }
  }
}
