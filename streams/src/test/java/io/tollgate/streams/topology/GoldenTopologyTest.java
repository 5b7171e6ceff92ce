package io.tollgate.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.schemas.topics.Direction;
import io.tollgate.schemas.topics.TopicCatalogue;
import io.tollgate.schemas.topics.TopicNames;
import io.tollgate.schemas.topics.TopicSpec;
import io.tollgate.streams.fixture.Accounts;
import io.tollgate.streams.state.StateBackend;
import io.tollgate.streams.state.StateStores;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.TopologyDescription.Node;
import org.apache.kafka.streams.TopologyDescription.Processor;
import org.apache.kafka.streams.TopologyDescription.Sink;
import org.apache.kafka.streams.TopologyDescription.Source;
import org.apache.kafka.streams.TopologyDescription.Subtopology;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GoldenTopologyTest {

  private static final TopicNames NAMES = Accounts.NAMES;

  private static Topology accounts(StateBackend backend) {
    return Accounts.topology(Accounts.settings(1), backend).get();
  }

  private static Topology registry(StateBackend backend) {
    return new RegistryTopology(NAMES, backend, Set.of()).get();
  }

  @ParameterizedTest
  @EnumSource(StateBackend.class)
  void shouldKeepTheAccountTopologyOnceItHasRun(StateBackend backend) {
    assertGolden("account", () -> accounts(backend));
  }

  @ParameterizedTest
  @EnumSource(StateBackend.class)
  void shouldKeepTheRegistryTopologyOnceItHasRun(StateBackend backend) {
    assertGolden("registry", () -> registry(backend));
  }

  /** Every line that decides whether running state still fits: numbers, names, stores, wiring. */
  private static void assertGolden(String name, Supplier<Topology> topology) {
    String file = "/golden/" + name + "-topology.txt";
    String now = render(topology.get().describe());
    assertThat(now)
        .as(
            """
            The %1$s topology is not the one in src/test/resources%2$s. Installations that run \
            the old one have state and committed offsets by these names. Say in CHANGELOG.md, \
            under "Upgrade", which it is: safe, drain first, or new application id. Then copy \
            what follows into the file:

            %3$s\
            """,
            name, file, now)
        .isEqualTo(resource(file));
  }

  private static String resource(String file) {
    try (InputStream in = GoldenTopologyTest.class.getResourceAsStream(file)) {
      return new String(
          Objects.requireNonNull(in, () -> "There is no " + file).readAllBytes(),
          StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError("Cannot read " + file, e);
    }
  }

  /** Like the description's own text, but with nodes, and their neighbours, in a fixed order. */
  private static String render(TopologyDescription description) {
    StringBuilder text = new StringBuilder();
    description.subtopologies().stream()
        .sorted(Comparator.comparingInt(Subtopology::id))
        .forEach(
            subtopology -> {
              text.append("sub-topology ").append(subtopology.id()).append('\n');
              subtopology.nodes().stream()
                  .sorted(Comparator.comparing(Node::name))
                  .forEach(node -> text.append("  ").append(render(node)).append('\n'));
            });
    return text.toString();
  }

  private static String render(Node node) {
    if (node instanceof Source source) {
      return "source %s: topics %s -> %s"
          .formatted(node.name(), new TreeSet<>(source.topicSet()), names(node.successors()));
    }
    if (node instanceof Processor processor) {
      return "processor %s: stores %s <- %s -> %s"
          .formatted(
              node.name(),
              new TreeSet<>(processor.stores()),
              names(node.predecessors()),
              names(node.successors()));
    }
    return "sink %s: topic %s <- %s"
        .formatted(node.name(), ((Sink) node).topic(), names(node.predecessors()));
  }

  private static Set<String> names(Set<Node> nodes) {
    Set<String> names = new TreeSet<>();
    nodes.forEach(node -> names.add(node.name()));
    return names;
  }

  @ParameterizedTest
  @EnumSource(StateBackend.class)
  void shouldHaveOneAccountSubTopologyWithoutRepartition(StateBackend backend) {
    assertThat(accounts(backend).describe().subtopologies()).hasSize(1);
  }

  @Test
  void shouldReadAndWriteTopicsOfTheCatalogueOnly() {
    Set<String> catalogue = new TreeSet<>();
    TopicCatalogue.all().forEach(topic -> catalogue.add(NAMES.full(topic)));

    assertThat(topics()).isEqualTo(catalogue);
  }

  @Test
  void shouldConsumeEveryInputAndWriteEveryOutput() {
    Set<String> sources = new TreeSet<>();
    Set<String> sinks = new TreeSet<>();
    nodes()
        .forEach(
            node -> {
              if (node instanceof Source source) {
                sources.addAll(source.topicSet());
              } else if (node instanceof Sink sink) {
                sinks.add(sink.topic());
              }
            });

    assertThat(sources).containsAll(topicsThatGo(Direction.IN));
    assertThat(sinks).containsAll(topicsThatGo(Direction.OUT));
    assertThat(sources).containsAll(topicsThatGo(Direction.INTERNAL));
  }

  @Test
  void shouldNameEveryNodeAfterItsTopicOrItsJob() {
    assertThat(nodes())
        .allSatisfy(
            node -> {
              if (node instanceof Source source) {
                assertThat(source.topicSet())
                    .containsExactly(NAMES.prefix() + node.name().replaceFirst("-source$", ""));
              } else if (node instanceof Sink sink) {
                String topic = node.name().replace("rejected-claims", "rejected-events");
                assertThat(sink.topic()).isEqualTo(NAMES.prefix() + topic);
              } else {
                assertThat(node.name()).isIn("account", "broadcast", "claims-registry");
              }
            });
  }

  @Test
  void shouldKeepStateInTheStoresOfTheCatalogueOnly() {
    Set<String> stores = new TreeSet<>();
    nodes()
        .forEach(
            node -> {
              if (node instanceof Processor processor) {
                stores.addAll(processor.stores());
              }
            });

    // A changelog is called <application id>-<store>-changelog, so these names are its names.
    assertThat(stores)
        .containsExactlyInAnyOrder(
            StateStores.ACCOUNTS,
            StateStores.JOURNAL,
            StateStores.PAYMENTS,
            StateStores.REFERENCE,
            StateStores.CLAIMS);
  }

  @ParameterizedTest
  @EnumSource(StateBackend.class)
  void shouldLogEveryStoreToAChangelogInSmallSegments(StateBackend backend) {
    assertThat(
            Stream.concat(
                StateStores.ofAccounts(backend).stream(), StateStores.ofClaims(backend).stream()))
        .hasSize(5)
        .allSatisfy(
            store -> {
              assertThat(store.loggingEnabled()).isTrue();
              assertThat(store.logConfig()).containsEntry("segment.bytes", "67108864");
            });
  }

  private static Set<String> topics() {
    Set<String> topics = new TreeSet<>();
    nodes()
        .forEach(
            node -> {
              if (node instanceof Source source) {
                topics.addAll(source.topicSet());
              } else if (node instanceof Sink sink) {
                topics.add(sink.topic());
              }
            });
    return topics;
  }

  private static Set<String> topicsThatGo(Direction direction) {
    Set<String> topics = new TreeSet<>();
    for (TopicSpec topic : TopicCatalogue.all()) {
      if (topic.direction() == direction) {
        topics.add(NAMES.full(topic));
      }
    }
    return topics;
  }

  private static Stream<Node> nodes() {
    return Stream.of(accounts(StateBackend.MEMORY), registry(StateBackend.MEMORY))
        .flatMap(topology -> topology.describe().subtopologies().stream())
        .flatMap(subtopology -> subtopology.nodes().stream());
  }
}
