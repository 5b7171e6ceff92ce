package io.tollgate.testkit;

import io.tollgate.events.ModelAccessPolicy;
import io.tollgate.events.ModelPrices;
import io.tollgate.schemas.TrustedTypes;
import io.tollgate.schemas.topics.TopicNames;
import io.tollgate.simulator.Simulator;
import io.tollgate.streams.config.TollgateConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.Topology;
import org.jspecify.annotations.Nullable;

/**
 * What a test runs: Tollgate, topologies of one's own, or both in one, and what holds from the
 * start. Every {@link #start()} is a new beginning.
 */
public final class TestSetup {

  /** A topology and the Streams settings that it runs with. */
  private record OwnTopology(Supplier<Topology> topology, Properties settings) {}

  static {
    // Tests build records before any topology has read one.
    TrustedTypes.trust();
  }

  private final boolean withTollgate;
  private final List<OwnTopology> topologies = new ArrayList<>();
  private final Map<String, String> settings = new HashMap<>();
  private final List<SpecificRecord> given = new ArrayList<>();
  private TollgateConfig config = new TollgateConfig(settings);
  private @Nullable Duration wallClockStep;

  private TestSetup(boolean withTollgate) {
    this.withTollgate = withTollgate;
  }

  /** Tollgate with its default settings, without prices. */
  public static TestSetup tollgate() {
    return new TestSetup(true);
  }

  /** A topology of one's own alone: the test plays Tollgate. */
  public static TestSetup only(Supplier<Topology> topology) {
    return new TestSetup(false).and(topology);
  }

  /** A topology of one's own alone, with Streams settings such as default serdes. */
  public static TestSetup only(Supplier<Topology> topology, Properties streamsSettings) {
    return new TestSetup(false).and(topology, streamsSettings);
  }

  /** One more topology: what one writes, each reads that reads the topic. */
  public TestSetup and(Supplier<Topology> topology) {
    return and(topology, new Properties());
  }

  /** One more topology, with Streams settings such as default serdes. */
  public TestSetup and(Supplier<Topology> topology, Properties streamsSettings) {
    topologies.add(new OwnTopology(topology, streamsSettings));
    return this;
  }

  /**
   * Changes a setting of Tollgate, such as {@code overdraft.limit} or {@code topic.prefix}.
   *
   * @throws IllegalArgumentException if there is none of this name
   * @throws org.apache.kafka.common.config.ConfigException if it may not have this value
   */
  public TestSetup setting(String name, String value) {
    if (!config.values().containsKey(name)) {
      throw new IllegalArgumentException(
          "there is no setting %s; there are %s"
              .formatted(name, String.join(", ", config.printable().keySet())));
    }
    settings.put(name, value);
    config = new TollgateConfig(settings);
    return this;
  }

  /** Prices that hold from the start. */
  public TestSetup prices(ModelPrices... prices) {
    return prices(List.of(prices));
  }

  /** Prices that hold from the start. */
  public TestSetup prices(Collection<ModelPrices> prices) {
    given.addAll(prices);
    return this;
  }

  /** Policies that are known from the start. */
  public TestSetup policies(ModelAccessPolicy... policies) {
    given.addAll(List.of(policies));
    return this;
  }

  /**
   * Lets the wall clock of one's own topologies go in steps of this length at most: a schedule by
   * the wall clock fires once a step, however far the step goes. Without it, they hear of the wall
   * clock when the test names a time, and at each of Tollgate's deadlines.
   */
  public TestSetup wallClockStep(Duration step) {
    if (step.isZero() || step.isNegative()) {
      throw new IllegalArgumentException("a step of the wall clock cannot be %s".formatted(step));
    }
    wallClockStep = step;
    return this;
  }

  /** A driver; time begins with the first time that it is told. */
  public TollgateTestDriver start() {
    return new TollgateTestDriver(this);
  }

  TopicNames names() {
    return config.topicNames();
  }

  List<SpecificRecord> given() {
    return List.copyOf(given);
  }

  /** Starts all applications, Tollgate first. */
  void startApplications(Instant start, Consumer<Application> started) {
    if (withTollgate) {
      started.accept(new TollgateApplication(new Simulator(config.rules()), names()));
    }
    for (int i = 0; i < topologies.size(); i++) {
      OwnTopology own = topologies.get(i);
      started.accept(
          new OwnApplication(
              "topology-" + (i + 1),
              own.topology().get(),
              own.settings(),
              names(),
              start,
              wallClockStep));
    }
  }
}
