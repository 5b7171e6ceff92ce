package io.tollgate.simulator.model;

import java.nio.file.Path;

/**
 * What the model is told from outside: data and settings that are no part of the input.
 *
 * @param declines the CSV file of decline codes and their classes (§7)
 * @param balancePublishIntervalMillis {@code balance.publish.interval} (§8)
 * @param lateUsageGraceMillis {@code expiry.late-usage-grace} (§5)
 */
public record Options(Path declines, long balancePublishIntervalMillis, long lateUsageGraceMillis) {

  /** The contract's defaults. */
  public static Options defaults(Path declines) {
    return new Options(declines, 10 * Times.SECOND, Times.HOUR);
  }
}
