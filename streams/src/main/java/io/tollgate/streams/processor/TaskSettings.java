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
 * @param deadlinesPerTick deadlines fired at one tick, at most
 */
public record TaskSettings(
    TopicNames names,
    int partitions,
    RuleSettings rules,
    Set<SourceOffset> quarantine,
    int deadlinesPerTick) {

  /** Bounds the work inside one transaction. */
  private static final int DEADLINES_PER_TICK = 10_000;

  public TaskSettings {
    quarantine = Set.copyOf(quarantine);
  }

  /** As many deadlines at a tick as one transaction bears well. */
  public TaskSettings(
      TopicNames names, int partitions, RuleSettings rules, Set<SourceOffset> quarantine) {
    this(names, partitions, rules, quarantine, DEADLINES_PER_TICK);
  }
}
