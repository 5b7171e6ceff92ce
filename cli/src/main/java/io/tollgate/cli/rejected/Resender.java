package io.tollgate.cli.rejected;

import io.tollgate.cli.rejected.Replay.Outcome;
import io.tollgate.cli.rejected.Replay.Result;
import io.tollgate.schemas.topics.TopicNames;
import io.tollgate.streams.config.TollgateConfig;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Sends records as they are: key, value and headers. */
final class Resender implements AutoCloseable {

  private final KafkaProducer<byte[], byte[]> producer;
  private final TopicNames names;
  private final List<Result> results = new ArrayList<>();

  Resender(TollgateConfig config) {
    this.producer = new KafkaProducer<>(config.producer());
    this.names = config.topicNames();
  }

  void send(Refusal refusal, ConsumerRecord<byte[], byte[]> original) {
    var unused =
        producer.send(
            new ProducerRecord<>(
                original.topic(), null, original.key(), original.value(), original.headers()),
            (metadata, failure) -> add(refusal, metadata, failure));
  }

  private synchronized void add(Refusal refusal, RecordMetadata metadata, Exception failure) {
    results.add(
        failure == null
            ? new Result(
                refusal,
                Outcome.SENT,
                new Source(names.strip(metadata.topic()), metadata.partition(), metadata.offset())
                    .toString())
            : new Result(refusal, Outcome.FAILED, String.valueOf(failure.getMessage())));
  }

  /** What came of all that was sent; waits for it. */
  List<Result> results() {
    producer.flush();
    synchronized (this) {
      return List.copyOf(results);
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
