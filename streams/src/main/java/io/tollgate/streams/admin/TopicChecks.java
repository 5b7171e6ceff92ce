package io.tollgate.streams.admin;

import io.tollgate.schemas.topics.Direction;
import io.tollgate.schemas.topics.Partitioning;
import io.tollgate.streams.admin.TopicListing.Difference;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.TopicConfig;

/** What can be wrong with the topics of an installation. */
public final class TopicChecks {

  /** Settings on which the books depend; the others are about disk space and speed. */
  private static final Set<String> ESSENTIAL =
      Set.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG);

  private static final int NAMES_SHOWN = 3;

  private TopicChecks() {}

  /** Everything that is wrong, most fundamental first. */
  public static List<Finding> check(List<TopicListing> listings) {
    List<Finding> findings = new ArrayList<>();
    missing(listings, findings);
    counts(listings, findings);
    settings(listings, findings);
    return findings;
  }

  /** Existing topics of accounts by partition count; right if there is one count. */
  static SortedMap<Integer, List<String>> byCount(List<TopicListing> listings) {
    return listings.stream()
        .filter(TopicListing::exists)
        .filter(listing -> listing.topic().partitioning() == Partitioning.PER_ACCOUNT)
        .collect(
            Collectors.groupingBy(
                TopicListing::partitions,
                TreeMap::new,
                Collectors.mapping(TopicListing::name, Collectors.toList())));
  }

  /** The counts and who has them, in words. */
  static String describe(SortedMap<Integer, List<String>> byCount) {
    return byCount.entrySet().stream()
        .map(count -> "%d in %s".formatted(count.getKey(), some(count.getValue())))
        .collect(Collectors.joining("; "));
  }

  /** The first few names: enough to know which are meant. */
  private static String some(List<String> names) {
    return names.size() <= NAMES_SHOWN
        ? String.join(", ", names)
        : "%s and %d more"
            .formatted(
                String.join(", ", names.subList(0, NAMES_SHOWN)), names.size() - NAMES_SHOWN);
  }

  private static void missing(List<TopicListing> listings, List<Finding> findings) {
    String missing =
        listings.stream()
            .filter(listing -> !listing.exists())
            .map(TopicListing::name)
            .collect(Collectors.joining(", "));
    if (!missing.isEmpty()) {
      findings.add(
          Finding.error(
              "Topics are missing: %s. Create them with 'tollgate topics create'; if they exist"
                      .formatted(missing)
                  + " under another prefix, set topic.prefix."));
    }
  }

  private static void counts(List<TopicListing> listings, List<Finding> findings) {
    SortedMap<Integer, List<String>> byCount = byCount(listings);
    if (byCount.size() > 1) {
      findings.add(
          Finding.error(
              "Topics of accounts must all have the same partition count, but there are %s. Create"
                      .formatted(describe(byCount))
                  + " those that are wrong anew; adding partitions would move accounts away from"
                  + " their balances."));
    }
    for (TopicListing listing : listings) {
      if (listing.topic().partitioning() == Partitioning.SINGLE && listing.partitions() > 1) {
        findings.add(
            Finding.error(
                "%s must have 1 partition, because the order of its records matters, but has %d."
                        .formatted(listing.name(), listing.partitions())
                    + " Create it anew."));
      }
    }
  }

  private static void settings(List<TopicListing> listings, List<Finding> findings) {
    for (TopicListing listing : listings) {
      for (Difference difference : listing.differences()) {
        if (isTooSmall(listing, difference)) {
          findings.add(
              Finding.error(
                  "%s: %s, or a large record stops the partition that writes it. Change it with"
                          .formatted(listing.name(), difference)
                      + " kafka-configs.sh --alter."));
          continue;
        }
        findings.add(
            ESSENTIAL.contains(difference.setting())
                ? Finding.error(
                    "%s: %s, or records that are needed may be removed. Change it with"
                            .formatted(listing.name(), difference)
                        + " kafka-configs.sh --alter.")
                : Finding.warning(
                    "%s: %s. Change it with kafka-configs.sh --alter, unless you chose it."
                        .formatted(listing.name(), difference)));
      }
    }
  }

  /** Whether the pipeline may write a record that the topic does not take. */
  private static boolean isTooSmall(TopicListing listing, Difference difference) {
    return difference.setting().equals(TopicConfig.MAX_MESSAGE_BYTES_CONFIG)
        && listing.topic().direction() != Direction.IN
        && difference.actual().matches("\\d+")
        && Long.parseLong(difference.actual()) < Long.parseLong(difference.expected());
  }
}
