package io.tollgate.streams.admin;

import io.tollgate.schemas.topics.TopicCatalogue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** Whether a group can go on where it stopped: what it committed must still be in the log. */
final class OffsetChecks {

  private final Admin admin;
  private final String servers;
  private final Map<String, TopicListing> topics;

  OffsetChecks(Admin admin, String servers, List<TopicListing> listings) {
    this.admin = admin;
    this.servers = servers;
    this.topics =
        listings.stream()
            .filter(TopicListing::exists)
            .collect(Collectors.toMap(TopicListing::name, listing -> listing));
  }

  List<Finding> check(String group) {
    Map<TopicPartition, Long> committed = committed(group);
    Map<TopicPartition, Long> begins = offsets(committed, OffsetSpec.earliest());
    Map<TopicPartition, Long> ends = offsets(committed, OffsetSpec.latest());
    List<Finding> findings = new ArrayList<>();
    committed.keySet().stream()
        .sorted(
            (a, b) ->
                a.topic().equals(b.topic())
                    ? Integer.compare(a.partition(), b.partition())
                    : a.topic().compareTo(b.topic()))
        .forEach(
            partition ->
                compare(
                    group,
                    partition,
                    committed.getOrDefault(partition, 0L),
                    begins.getOrDefault(partition, 0L),
                    ends.getOrDefault(partition, Long.MAX_VALUE),
                    findings));
    return findings;
  }

  private void compare(
      String group,
      TopicPartition partition,
      long committed,
      long begin,
      long end,
      List<Finding> findings) {
    if (committed > end) {
      findings.add(
          Finding.error(
              Finding.Kind.OFFSETS_WENT_BACK,
              "Group %s has processed %s up to offset %d, but the log ends at %d: the topic was"
                      .formatted(group, partition, committed, end)
                  + " deleted and created again. Bring the topic back, or start with empty books:"
                  + " another topic.prefix and application.id."));
    } else if (committed < begin && !isClock(partition)) {
      // No error: the offsets between may all be of markers of transactions, which are no records.
      findings.add(
          Finding.warning(
              "Group %s stopped at offset %d of %s, but the log begins at %d: if there were records"
                      .formatted(group, committed, partition, begin)
                  + " between, they were removed before they were processed; deliver them again if"
                  + " you have them. Processing goes on at the beginning. To set the group to it"
                  + " by hand: kafka-consumer-groups.sh --bootstrap-server %s --group %s --topic"
                      .formatted(servers, group)
                  + " %s:%d --reset-offsets --to-earliest --execute"
                      .formatted(partition.topic(), partition.partition())));
    }
  }

  /** Ticks that were removed are no loss: those that follow tell the same. */
  private boolean isClock(TopicPartition partition) {
    TopicListing listing = topics.get(partition.topic());
    return listing != null && listing.topic().equals(TopicCatalogue.CLOCK);
  }

  /** What the group committed in topics of the catalogue that exist. */
  private Map<TopicPartition, Long> committed(String group) {
    Map<TopicPartition, Long> committed = new HashMap<>();
    new Groups(admin)
        .offsets(group)
        .forEach(
            (partition, offset) -> {
              TopicListing listing = topics.get(partition.topic());
              if (offset != null
                  && listing != null
                  && partition.partition() < listing.partitions()) {
                committed.put(partition, offset.offset());
              }
            });
    return committed;
  }

  private Map<TopicPartition, Long> offsets(
      Map<TopicPartition, Long> partitions, OffsetSpec position) {
    Map<TopicPartition, OffsetSpec> positions = new HashMap<>();
    partitions.keySet().forEach(partition -> positions.put(partition, position));
    Map<TopicPartition, ListOffsetsResultInfo> found =
        AdminClients.await(admin.listOffsets(positions).all(), "Reading the topics' offsets");
    Map<TopicPartition, Long> offsets = new HashMap<>();
    found.forEach((partition, info) -> offsets.put(partition, info.offset()));
    return offsets;
  }
}
