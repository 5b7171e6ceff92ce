package io.tollgate.streams.processor;

import io.tollgate.domain.RuleSettings;
import io.tollgate.schemas.topics.TopicNames;
import io.tollgate.streams.config.SourceOffset;
import java.util.Set;

/**
 * What a task must know besides its records.
 *
 * @param names the installation's topic names
 * @param partitions how many partitions every topic of accounts has
 * @param quarantine records to pass over, because they showed a fault of ours
 */
public record TaskSettings(
    TopicNames names, int partitions, RuleSettings rules, Set<SourceOffset> quarantine) {

  public TaskSettings {
    quarantine = Set.copyOf(quarantine);
  }
}
