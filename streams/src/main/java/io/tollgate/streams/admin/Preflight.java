package io.tollgate.streams.admin;

import io.tollgate.streams.config.TollgateConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.apache.kafka.clients.admin.Admin;

/** The checks before a start: what would stop the pipeline later, or spoil the books unseen. */
public final class Preflight {

  private final TollgateConfig config;

  public Preflight(TollgateConfig config) {
    this.config = config;
  }

  /**
   * Everything that is wrong; empty if the pipeline can start. Takes seconds, also without a
   * broker.
   */
  public List<Finding> check() {
    try (Admin admin = AdminClients.open(config)) {
      List<TopicListing> listings = new TopicAdmin(admin, config.topicNames()).list();
      List<Finding> findings = new ArrayList<>(TopicChecks.check(listings));
      findings.addAll(new ChangelogChecks(admin, config).check(listings));
      OffsetChecks offsets = new OffsetChecks(admin, config.bootstrapServers(), listings);
      findings.addAll(offsets.check(config.applicationId()));
      findings.addAll(offsets.check(config.registryApplicationId()));
      findings.addAll(FeatureChecks.check(admin));
      return findings;
    } catch (AdminException e) {
      return List.of(
          Finding.error(
              "%s (bootstrap.servers=%s)".formatted(e.getMessage(), config.bootstrapServers())));
    }
  }

  /**
   * The partition count that the topics of accounts have in common.
   *
   * @throws AdminException if there is none, or several
   */
  public int partitions() {
    try (Admin admin = AdminClients.open(config)) {
      SortedMap<Integer, List<String>> byCount =
          TopicChecks.byCount(new TopicAdmin(admin, config.topicNames()).list());
      if (byCount.size() == 1) {
        return byCount.firstKey();
      }
      throw new AdminException(
          byCount.isEmpty()
              ? "There are no topics of accounts; create them with 'tollgate topics create'"
              : "Topics of accounts must all have the same partition count, but there are "
                  + TopicChecks.describe(byCount));
    }
  }
}
