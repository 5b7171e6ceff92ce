package io.tollgate.streams.admin;

import io.tollgate.schemas.topics.TopicCatalogue;
import io.tollgate.streams.config.TollgateConfig;
import io.tollgate.streams.state.PartitionCountChangedException;
import io.tollgate.streams.state.StateStores;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.streams.StreamsConfig;

/** Whether the changelogs, from which state is restored, fit the topics of the installation. */
final class ChangelogChecks {

  private static final String DEFAULT_REPLICATION = "default.replication.factor";

  private final Admin admin;
  private final TollgateConfig config;

  /** A changelog as it is on the brokers. */
  record Changelog(String name, int partitions, int replicas) {}

  ChangelogChecks(Admin admin, TollgateConfig config) {
    this.admin = admin;
    this.config = config;
  }

  /** What is wrong with changelogs that exist, or with those that a start would create. */
  List<Finding> check(List<TopicListing> listings) {
    List<String> names = names(config);
    List<Changelog> existing = existing(names);
    List<Finding> findings = new ArrayList<>();
    SortedMap<Integer, List<String>> byCount = TopicChecks.byCount(listings);
    if (byCount.size() == 1) { // else the topics are at fault
      findings.addAll(counts(existing, byCount.firstKey()));
    }
    int ledgerReplicas = ledgerReplicas(listings);
    findings.addAll(replicas(existing, ledgerReplicas));
    if (existing.size() < names.size()) {
      replicasOfNew()
          .ifPresent(replicas -> findings.addAll(replicasOfNew(replicas, ledgerReplicas)));
    }
    return findings;
  }

  /** Names that Streams gives to the changelogs of all stores. */
  static List<String> names(TollgateConfig config) {
    return Stream.concat(
            Stream.of(
                    StateStores.ACCOUNTS,
                    StateStores.JOURNAL,
                    StateStores.PAYMENTS,
                    StateStores.REFERENCE)
                .map(store -> config.applicationId() + "-" + store),
            Stream.of(config.registryApplicationId() + "-" + StateStores.CLAIMS))
        .map(name -> name + "-changelog")
        .toList();
  }

  /**
   * Streams would refuse these too, but advises to reset the application, which removes the books'
   * state.
   */
  static List<Finding> counts(List<Changelog> existing, int now) {
    return existing.stream()
        .map(Changelog::partitions)
        .filter(before -> before != now)
        .distinct()
        .sorted()
        .map(
            before ->
                Finding.error(
                    Finding.Kind.PARTITION_COUNT_CHANGED,
                    String.valueOf(new PartitionCountChangedException(before, now).getMessage())))
        .toList();
  }

  static List<Finding> replicas(List<Changelog> existing, int ledgerReplicas) {
    String fewer =
        existing.stream()
            .filter(changelog -> changelog.replicas() < ledgerReplicas)
            .map(changelog -> "%s has %d".formatted(changelog.name(), changelog.replicas()))
            .collect(Collectors.joining(", "));
    return fewer.isEmpty()
        ? List.of()
        : List.of(
            Finding.warning(
                "Changelogs have fewer replicas than %s, which has %d: %s. Balances are restored"
                        .formatted(TopicCatalogue.LEDGER_ENTRIES.name(), ledgerReplicas, fewer)
                    + " from them alone. Add replicas with kafka-reassign-partitions.sh."));
  }

  static List<Finding> replicasOfNew(int replicas, int ledgerReplicas) {
    return replicas >= ledgerReplicas
        ? List.of()
        : List.of(
            Finding.warning(
                "New changelogs would have fewer replicas (%d) than %s (%d); balances are restored from"
                        .formatted(replicas, TopicCatalogue.LEDGER_ENTRIES.name(), ledgerReplicas)
                    + " changelogs alone. Set kafka.replication.factor=%d before the first start."
                        .formatted(ledgerReplicas)));
  }

  private static int ledgerReplicas(List<TopicListing> listings) {
    return listings.stream()
        .filter(listing -> listing.topic().equals(TopicCatalogue.LEDGER_ENTRIES))
        .mapToInt(TopicListing::replicas)
        .sum();
  }

  private List<Changelog> existing(List<String> names) {
    Set<String> present = AdminClients.await(admin.listTopics().names(), "Listing the changelogs");
    Map<String, TopicDescription> descriptions =
        AdminClients.await(
            admin.describeTopics(names.stream().filter(present::contains).toList()).allTopicNames(),
            "Looking at the changelogs");
    return descriptions.values().stream()
        .map(
            topic ->
                new Changelog(
                    topic.name(),
                    topic.partitions().size(),
                    topic.partitions().get(0).replicas().size()))
        .sorted(Comparator.comparing(Changelog::name))
        .toList();
  }

  /** Replicas of a changelog that Streams creates; empty if that cannot be known. */
  private OptionalInt replicasOfNew() {
    Object configured = config.accountStreams().get(StreamsConfig.REPLICATION_FACTOR_CONFIG);
    if (configured != null) {
      int replicas =
          (Integer)
              Objects.requireNonNull(
                  ConfigDef.parseType(
                      StreamsConfig.REPLICATION_FACTOR_CONFIG, configured, ConfigDef.Type.INT));
      if (replicas > 0) {
        return OptionalInt.of(replicas);
      }
    }
    try {
      return brokersDefault();
    } catch (AdminException e) {
      if (e.getCause() instanceof AuthorizationException) {
        return OptionalInt.empty(); // not everyone may read brokers' settings
      }
      throw e;
    }
  }

  private OptionalInt brokersDefault() {
    String purpose = "Reading the brokers' settings";
    Collection<Node> nodes = AdminClients.await(admin.describeCluster().nodes(), purpose);
    for (Node node : nodes) {
      ConfigResource broker = new ConfigResource(ConfigResource.Type.BROKER, node.idString());
      Map<ConfigResource, Config> configs =
          AdminClients.await(admin.describeConfigs(List.of(broker)).all(), purpose);
      ConfigEntry entry =
          configs.getOrDefault(broker, new Config(List.of())).get(DEFAULT_REPLICATION);
      if (entry != null && entry.value() != null) {
        return OptionalInt.of(Integer.parseInt(entry.value()));
      }
    }
    return OptionalInt.empty();
  }
}
