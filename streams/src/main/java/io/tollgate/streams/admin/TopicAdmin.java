package io.tollgate.streams.admin;

import io.tollgate.schemas.topics.Partitioning;
import io.tollgate.schemas.topics.TopicCatalogue;
import io.tollgate.schemas.topics.TopicNames;
import io.tollgate.schemas.topics.TopicSpec;
import io.tollgate.streams.admin.TopicListing.Difference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates and lists the topics of the catalogue. */
public final class TopicAdmin {

  // A new topic is on every broker within milliseconds; this is patience, not a promise.
  private static final int VISIBILITY_ATTEMPTS = 100;
  private static final long VISIBILITY_PAUSE_MS = 50;

  private final Admin admin;
  private final TopicNames names;

  public TopicAdmin(Admin admin, TopicNames names) {
    this.admin = admin;
    this.names = names;
  }

  /**
   * Creates what is missing, and leaves alone what exists.
   *
   * @param partitions partition count of topics of accounts, fixed for life
   * @param replication replicas of each partition
   * @return each topic of the catalogue, in its order
   * @throws AdminException if existing topics have another count, or the broker refuses
   */
  public List<TopicCreation> create(int partitions, int replication) {
    List<TopicListing> listings = list();
    requireSameCount(partitions, listings);
    List<NewTopic> missing = new ArrayList<>();
    for (TopicListing listing : listings) {
      if (!listing.exists()) {
        missing.add(listing.topic().toNewTopic(names, partitions, (short) replication));
      }
    }
    Map<String, KafkaFuture<Void>> created = admin.createTopics(missing).values();
    List<TopicCreation> creations = new ArrayList<>();
    for (TopicListing listing : listings) {
      KafkaFuture<Void> future = created.get(listing.name());
      creations.add(
          new TopicCreation(
              listing.name(),
              future == null ? TopicCreation.Outcome.EXISTS : outcome(listing.name(), future)));
    }
    awaitVisible(created.keySet());
    awaitReady(created.keySet());
    return creations;
  }

  /** Each topic of the catalogue as it is on the broker, in the catalogue's order. */
  public List<TopicListing> list() {
    Set<String> present = names();
    List<String> existing =
        TopicCatalogue.all().stream().map(names::full).filter(present::contains).toList();
    Map<String, TopicDescription> descriptions =
        AdminClients.await(admin.describeTopics(existing).allTopicNames(), "Looking at the topics");
    Map<ConfigResource, Config> configs =
        AdminClients.await(
            admin.describeConfigs(existing.stream().map(TopicAdmin::resource).toList()).all(),
            "Reading the topics' settings");
    List<TopicListing> listings = new ArrayList<>();
    for (TopicSpec topic : TopicCatalogue.all()) {
      String name = names.full(topic);
      TopicDescription description = descriptions.get(name);
      if (description == null) {
        listings.add(new TopicListing(topic, name, 0, 0, List.of()));
        continue;
      }
      listings.add(
          new TopicListing(
              topic,
              name,
              description.partitions().size(),
              description.partitions().get(0).replicas().size(),
              differences(topic, configs.getOrDefault(resource(name), new Config(List.of())))));
    }
    return listings;
  }

  private Set<String> names() {
    return AdminClients.await(admin.listTopics().names(), "Listing the topics");
  }

  private static void requireSameCount(int partitions, List<TopicListing> listings) {
    String others =
        listings.stream()
            .filter(TopicListing::exists)
            .filter(listing -> listing.topic().partitioning() == Partitioning.PER_ACCOUNT)
            .filter(listing -> listing.partitions() != partitions)
            .map(listing -> "%s has %d".formatted(listing.name(), listing.partitions()))
            .collect(Collectors.joining(", "));
    if (!others.isEmpty()) {
      throw new AdminException(
          "Nothing was created: topics of accounts need one partition count, fixed for life; asked"
              + " for %d, but %s".formatted(partitions, others));
    }
  }

  private static TopicCreation.Outcome outcome(String name, KafkaFuture<Void> future) {
    try {
      future.get();
      return TopicCreation.Outcome.CREATED;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TopicExistsException) {
        return TopicCreation.Outcome.EXISTS; // someone else was faster
      }
      throw AdminClients.failure("Creating " + name, e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AdminException("Creating topics was interrupted", e);
    }
  }

  /** The controller creates a topic a moment before the brokers answer questions about it. */
  private void awaitVisible(Set<String> created) {
    try {
      for (int i = 0; i < VISIBILITY_ATTEMPTS && !names().containsAll(created); i++) {
        TimeUnit.MILLISECONDS.sleep(VISIBILITY_PAUSE_MS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AdminException("Creating topics was interrupted", e);
    }
  }

  /**
   * A topic is known a moment before all of its partitions take records; a producer that is faster
   * may wait for its delivery timeout.
   */
  private void awaitReady(Set<String> created) {
    Map<TopicPartition, OffsetSpec> all = new HashMap<>();
    AdminClients.await(admin.describeTopics(created).allTopicNames(), "Looking at the new topics")
        .forEach(
            (name, topic) ->
                topic
                    .partitions()
                    .forEach(
                        each ->
                            all.put(
                                new TopicPartition(name, each.partition()), OffsetSpec.latest())));
    AdminClients.await(admin.listOffsets(all).all(), "Waiting for the new topics");
  }

  private static List<Difference> differences(TopicSpec topic, Config config) {
    List<Difference> differences = new ArrayList<>();
    topic
        .configs()
        .forEach(
            (setting, expected) -> {
              ConfigEntry entry = config.get(setting);
              String actual = entry == null ? "unknown" : String.valueOf(entry.value());
              if (!actual.equals(expected)) {
                differences.add(new Difference(setting, actual, expected));
              }
            });
    return differences;
  }

  private static ConfigResource resource(String name) {
    return new ConfigResource(ConfigResource.Type.TOPIC, name);
  }
}
