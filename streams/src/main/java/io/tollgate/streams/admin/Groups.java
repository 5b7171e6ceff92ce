package io.tollgate.streams.admin;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/** Consumer groups, who is in them and what they have committed. */
final class Groups {

  private final Admin admin;

  Groups(Admin admin) {
    this.admin = admin;
  }

  /** What the group has committed; empty if it never started. */
  Map<TopicPartition, OffsetAndMetadata> offsets(String group) {
    return await(
            admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata(group),
            "Reading the offsets of group " + group)
        .orElse(Map.of());
  }

  /** Those of them that exist. */
  List<String> existing(Collection<String> groups) {
    return groups.stream().filter(group -> !offsets(group).isEmpty()).toList();
  }

  /** Whether the group has committed anything in one of these topics. */
  boolean hasOffsets(String group, Set<String> topics) {
    return offsets(group).keySet().stream().anyMatch(each -> topics.contains(each.topic()));
  }

  /** Members of these groups, in words. */
  List<String> members(Collection<String> groups) {
    List<String> members = new ArrayList<>();
    for (String group : groups) {
      Map<String, ConsumerGroupDescription> found =
          await(admin.describeConsumerGroups(List.of(group)).all(), "Looking at group " + group)
              .orElse(Map.of());
      for (ConsumerGroupDescription description : found.values()) {
        for (MemberDescription member : description.members()) {
          members.add("%s at %s".formatted(member.clientId(), member.host()));
        }
      }
    }
    return members;
  }

  void delete(Collection<String> groups) {
    for (String group : groups) {
      var unused =
          await(admin.deleteConsumerGroups(List.of(group)).all(), "Deleting group " + group);
    }
  }

  /** Forgets what the group has read of these topics. */
  void deleteOffsets(String group, Set<String> topics) {
    Set<TopicPartition> partitions =
        offsets(group).keySet().stream()
            .filter(each -> topics.contains(each.topic()))
            .collect(Collectors.toSet());
    var unused =
        await(
            admin.deleteConsumerGroupOffsets(group, partitions).all(),
            "Deleting offsets of group " + group);
  }

  /** Empty if there is no such group, or nothing to return. */
  private static <T> Optional<T> await(KafkaFuture<T> future, String purpose) {
    try {
      return Optional.ofNullable(future.get());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof GroupIdNotFoundException) {
        return Optional.empty();
      }
      throw AdminClients.failure(purpose, e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AdminException(purpose + " was interrupted", e);
    }
  }
}
