package io.tollgate.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.TopologyDescription.GlobalStore;
import org.apache.kafka.streams.TopologyDescription.Source;
import org.apache.kafka.streams.TopologyDescription.Subtopology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** One topology, driven record by record, as bytes. Its state lies in a directory of its own. */
public final class TopologyDriver implements AutoCloseable {

  private final Path stateDirectory;
  private final TopologyTestDriver driver;
  private final Predicate<String> reads;
  private final Predicate<String> internal;
  private final Map<String, TestInputTopic<byte[], byte[]>> inputs = new HashMap<>();
  private final Map<String, TestOutputTopic<byte[], byte[]>> outputs = new HashMap<>();
  private Instant wallClock;

  /**
   * Starts a topology without state.
   *
   * @param settings Streams settings; application id, servers and state directory are set here
   * @param start the wall clock that it starts at
   */
  public TopologyDriver(
      String applicationId, Topology topology, Properties settings, Instant start) {
    try {
      stateDirectory = Files.createTempDirectory("tollgate-simulator");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot create a temporary directory", e);
    }
    Properties properties = new Properties();
    properties.putAll(settings);
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "simulated:0");
    properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDirectory.toString());
    reads = sourcesOf(topology.describe());
    // What Streams names the topics that are nobody else's business.
    internal =
        Pattern.compile(Pattern.quote(applicationId) + "-.*-(changelog|repartition)")
            .asMatchPredicate();
    driver = new TopologyTestDriver(topology, properties, start);
    wallClock = start;
  }

  /** Whether records of this topic go in. */
  public boolean reads(String topic) {
    return reads.test(topic);
  }

  /** Hands over a record of a topic that the topology reads. */
  public void pipe(String topic, byte @Nullable [] key, byte @Nullable [] value, long time) {
    pipe(topic, key, value, new RecordHeaders(), time);
  }

  @SuppressWarnings("NullAway") // keys and values may be null; the driver's API does not say so
  public void pipe(
      String topic, byte @Nullable [] key, byte @Nullable [] value, Headers headers, long time) {
    inputs
        .computeIfAbsent(
            topic,
            name ->
                driver.createInputTopic(name, new ByteArraySerializer(), new ByteArraySerializer()))
        .pipeInput(new TestRecord<>(key, value, headers, time));
  }

  /** Fires what is scheduled by the wall clock, each schedule once; back in time, nothing. */
  public void advanceWallClockTo(Instant time) {
    if (time.isAfter(wallClock)) {
      driver.advanceWallClockTime(Duration.between(wallClock, time));
      wallClock = time;
    }
  }

  /** Takes all records of all topics that were not read yet, topic by topic in order of names. */
  public List<WrittenRecord> readAll() {
    List<WrittenRecord> records = new ArrayList<>();
    for (String topic : new TreeSet<>(driver.producedTopicNames())) {
      records.addAll(read(topic));
    }
    records.removeIf(record -> internal.test(record.topic()));
    return records;
  }

  /** Takes all records of a topic that were not read yet. */
  List<WrittenRecord> read(String topic) {
    TestOutputTopic<byte[], byte[]> output =
        outputs.computeIfAbsent(
            topic,
            name ->
                driver.createOutputTopic(
                    name, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
    if (output.isEmpty()) {
      return List.of();
    }
    return output.readRecordsToList().stream()
        .map(
            record ->
                new WrittenRecord(
                    topic, record.timestamp(), record.key(), record.value(), record.headers()))
        .toList();
  }

  private static Predicate<String> sourcesOf(TopologyDescription description) {
    Stream<Source> sources =
        Stream.concat(
            description.subtopologies().stream()
                .map(Subtopology::nodes)
                .flatMap(nodes -> nodes.stream())
                .filter(Source.class::isInstance)
                .map(Source.class::cast),
            description.globalStores().stream().map(GlobalStore::source));
    return sources.map(TopologyDriver::topicsOf).reduce(Predicate::or).orElse(topic -> false);
  }

  private static Predicate<String> topicsOf(Source source) {
    return source.topicPattern() == null
        ? source.topicSet()::contains
        : source.topicPattern().asMatchPredicate();
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
