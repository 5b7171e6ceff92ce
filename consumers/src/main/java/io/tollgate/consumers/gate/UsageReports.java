package io.tollgate.consumers.gate;

import io.tollgate.events.UsageEvent;
import io.tollgate.producers.Delivery;
import io.tollgate.producers.UsageProducer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends the usage of calls, and tells of what Kafka did not take. */
final class UsageReports {

  private static final Logger LOG = LoggerFactory.getLogger(UsageReports.class);

  private final UsageProducer producer;
  private final LongAdder failed = new LongAdder();

  UsageReports(UsageProducer producer) {
    this.producer = producer;
  }

  /**
   * Sends the usage of a call.
   *
   * @param sent told at once what goes out
   * @param ended told later whether Kafka has it
   */
  CompletableFuture<RecordMetadata> send(
      UsageEvent.Builder call, Consumer<UsageEvent> sent, Consumer<Boolean> ended) {
    Delivery<UsageEvent> report = producer.send(call);
    sent.accept(report.event());
    return report.whenComplete(
        (coordinates, failure) -> {
          ended.accept(failure == null);
          if (failure != null) {
            failed.increment();
            LOG.error("Usage of a call was not delivered: {}", failure.toString());
          }
        });
  }

  /** How many were not delivered. */
  long failed() {
    return failed.sum();
  }
}
