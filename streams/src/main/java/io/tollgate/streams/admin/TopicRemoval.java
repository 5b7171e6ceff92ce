package io.tollgate.streams.admin;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;

/** Deletes topics, or what is in them. */
final class TopicRemoval {

  // The brokers learn of it within milliseconds; this is patience, not a promise.
  private static final int ATTEMPTS = 200;
  private static final long PAUSE_MS = 50;

  private final Admin admin;

  TopicRemoval(Admin admin) {
    this.admin = admin;
  }

  /** Names of all topics of the cluster. */
  Set<String> names() {
    return AdminClients.await(admin.listTopics().names(), "Listing the topics");
  }

  /** Those that do not hold their first record any more. */
  List<String> withoutTheirStart(Collection<String> topics) {
    Map<TopicPartition, OffsetSpec> starts = new HashMap<>();
    descriptions(topics)
        .values()
        .forEach(
            topic -> {
              for (TopicPartitionInfo partition : topic.partitions()) {
                starts.put(
                    new TopicPartition(topic.name(), partition.partition()), OffsetSpec.earliest());
              }
            });
    return AdminClients.await(admin.listOffsets(starts).all(), "Reading the topics' offsets")
        .entrySet()
        .stream()
        .filter(start -> start.getValue().offset() > 0)
        .map(start -> start.getKey().topic())
        .distinct()
        .toList();
  }

  /** Deletes topics and waits until they are gone. */
  void delete(Collection<String> topics) {
    AdminClients.await(admin.deleteTopics(topics).all(), "Deleting " + String.join(", ", topics));
    await("Deleting topics", present -> topics.stream().noneMatch(present::contains));
  }

  /** Deletes topics and creates them again with the partitions, replicas and settings they had. */
  void empty(Collection<String> topics) {
    List<NewTopic> again = new ArrayList<>();
    Map<ConfigResource, Config> configs =
        AdminClients.await(
            admin.describeConfigs(topics.stream().map(TopicRemoval::resource).toList()).all(),
            "Reading the topics' settings");
    descriptions(topics)
        .values()
        .forEach(
            topic ->
                again.add(
                    new NewTopic(
                            topic.name(),
                            topic.partitions().size(),
                            (short) topic.partitions().get(0).replicas().size())
                        .configs(
                            own(
                                configs.getOrDefault(
                                    resource(topic.name()), new Config(List.of()))))));
    delete(topics);
    AdminClients.await(admin.createTopics(again).all(), "Creating the topics again");
    await("Creating the topics again", present -> present.containsAll(topics));
  }

  /** The settings that are the topic's own, rather than the brokers' defaults. */
  private static Map<String, String> own(Config config) {
    Map<String, String> own = new HashMap<>();
    for (ConfigEntry entry : config.entries()) {
      if (entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG) {
        own.put(entry.name(), entry.value());
      }
    }
    return own;
  }

  private Map<String, TopicDescription> descriptions(Collection<String> topics) {
    return AdminClients.await(
        admin.describeTopics(topics).allTopicNames(), "Looking at the topics");
  }

  private void await(String purpose, Predicate<Set<String>> reached) {
    try {
      for (int i = 0; i < ATTEMPTS && !reached.test(names()); i++) {
        TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AdminException(purpose + " was interrupted", e);
    }
  }

  private static ConfigResource resource(String name) {
    return new ConfigResource(ConfigResource.Type.TOPIC, name);
  }
}
