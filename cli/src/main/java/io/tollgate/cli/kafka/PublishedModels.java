package io.tollgate.cli.kafka;

import io.tollgate.domain.rating.Reference;
import io.tollgate.mapping.ReferenceRecords;
import io.tollgate.schemas.topics.TopicCatalogue;
import io.tollgate.schemas.topics.TopicSpec;
import io.tollgate.streams.config.TollgateConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Prices and policies as they are published now; what the pipeline refuses counts for nothing. */
public final class PublishedModels {

  private PublishedModels() {}

  /** Reads them to the end of their topics. */
  public static Reference read(TollgateConfig config) {
    Reference reference = new Reference();
    for (TopicSpec topic :
        new TopicSpec[] {TopicCatalogue.PRICE_BOOK, TopicCatalogue.ACCESS_POLICIES}) {
      try (CommittedRecords records = CommittedRecords.all(config, topic)) {
        records.readToEnd(record -> put(topic, record, reference));
      }
    }
    return reference;
  }

  private static void put(
      TopicSpec topic, ConsumerRecord<byte[], byte[]> record, Reference reference) {
    TopicRecord read = TopicRecord.of(topic, record);
    if (read.key() == null || read.fault() != null) {
      return;
    }
    if (read.value() == null) {
      if (topic.equals(TopicCatalogue.PRICE_BOOK)) {
        reference.removePrices(read.key());
      } else {
        reference.removePolicy(read.key());
      }
    } else if (ReferenceRecords.check(read.value(), record.key()) == null) {
      ReferenceRecords.put(read.value(), reference);
    }
  }
}
