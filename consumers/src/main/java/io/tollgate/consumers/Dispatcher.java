package io.tollgate.consumers;

import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes one attempt at a record: reads it, gives it to its handler, and decides what a failure
 * means.
 */
final class Dispatcher {

  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

  private static final OptionalLong DONE = OptionalLong.empty();

  private final Handlers handlers;
  private final DeadLetters deadLetters;
  private final RetryPolicy retries;
  private final RandomGenerator random;
  private final Counters counters;

  Dispatcher(
      Handlers handlers,
      DeadLetters deadLetters,
      RetryPolicy retries,
      RandomGenerator random,
      Counters counters) {
    this.handlers = handlers;
    this.deadLetters = deadLetters;
    this.retries = retries;
    this.random = random;
    this.counters = counters;
  }

  /**
   * Makes an attempt at a record.
   *
   * @param attempt number of the attempt, from 1
   * @param stopping whether nobody waits for the outcome of this attempt any more: then a failure
   *     says nothing about the record, and it is left to whoever gets it next
   * @return empty if the record is done with; else the milliseconds until the next attempt
   * @throws KafkaException if the dead-letter topic refuses the record for good
   */
  OptionalLong attempt(
      ConsumerRecord<byte[], byte[]> record, int attempt, BooleanSupplier stopping) {
    SpecificRecord event;
    try {
      event = handlers.read(record);
    } catch (SerializationException e) {
      return bury(record, e, 0);
    }
    try {
      if (handlers.handle(event)) {
        counters.handled.increment();
      }
      return DONE;
    } catch (Exception e) {
      return stopping.getAsBoolean() ? pause(attempt) : failed(record, e, attempt);
    }
  }

  private OptionalLong failed(ConsumerRecord<byte[], byte[]> record, Exception e, int attempt) {
    if (attempt >= retries.attempts()) {
      return bury(record, e, attempt);
    }
    OptionalLong pause = pause(attempt);
    counters.retried.increment();
    LOG.warn(
        "Attempt {} of {} at {} failed, the next in {} ms: {}",
        attempt,
        retries.attempts(),
        at(record),
        pause.getAsLong(),
        ErrorText.withClass(e));
    return pause;
  }

  private OptionalLong bury(
      ConsumerRecord<byte[], byte[]> record, Exception failure, int attempts) {
    try {
      deadLetters.write(record, failure, attempts);
    } catch (InterruptedException | InterruptException e) {
      Thread.currentThread().interrupt();
      return pause(retries.attempts());
    } catch (RetriableException e) {
      // Passing over the record would lose it, so it counts as not handled.
      LOG.error(
          "{} cannot be handled, and {} cannot take it now; it is tried again: {}",
          at(record),
          deadLetters.topic(),
          ErrorText.withClass(e));
      return pause(retries.attempts());
    } catch (KafkaException e) {
      throw new ConsumerException(
          "%s cannot be handled, and the dead-letter topic %s refuses it: %s"
              .formatted(at(record), deadLetters.topic(), e.getMessage()),
          e);
    }
    counters.deadLettered.increment();
    LOG.error(
        "{} is a dead letter in {} after {} attempts: {}",
        at(record),
        deadLetters.topic(),
        attempts,
        ErrorText.withClass(failure));
    return DONE;
  }

  private OptionalLong pause(int failures) {
    return OptionalLong.of(retries.delayMillis(failures, random));
  }

  private static String at(ConsumerRecord<byte[], byte[]> record) {
    return "%s-%d@%d".formatted(record.topic(), record.partition(), record.offset());
  }
}
