package io.tollgate.cli.rejected;

import io.tollgate.cli.Console;
import io.tollgate.cli.kafka.CommittedRecords;
import io.tollgate.cli.kafka.TopicRecord;
import io.tollgate.events.RejectedEvent;
import io.tollgate.schemas.topics.TopicCatalogue;
import io.tollgate.streams.config.TollgateConfig;
import java.util.function.Consumer;

/** Reads the rejections of an installation, of all partitions: each lies where its record lay. */
final class RejectionReader {

  private RejectionReader() {}

  /** Hands over the rejections that match, those of one partition in order. */
  static void read(
      TollgateConfig config,
      RejectionFilter filter,
      Console console,
      Consumer<RejectedEvent> sink) {
    try (CommittedRecords records = CommittedRecords.all(config, TopicCatalogue.REJECTED_EVENTS)) {
      records.readToEnd(
          console,
          record -> {
            if (TopicRecord.of(TopicCatalogue.REJECTED_EVENTS, record).value()
                    instanceof RejectedEvent rejection
                && filter.matches(rejection)) {
              sink.accept(rejection);
            }
          });
    }
  }
}
