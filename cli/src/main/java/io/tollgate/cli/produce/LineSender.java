package io.tollgate.cli.produce;

import io.tollgate.cli.lines.LineReader;
import io.tollgate.producers.EventProducer;
import io.tollgate.schemas.json.JsonRecordException;
import io.tollgate.schemas.json.JsonRecords;
import io.tollgate.schemas.lines.InvalidLineException;
import io.tollgate.schemas.lines.RecordLine;
import io.tollgate.schemas.lines.RecordLines;
import io.tollgate.schemas.topics.TopicCatalogue;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Sends each line of the input as a record. A line that holds none is refused and passed over; once
 * Kafka has failed to take one, no more are sent.
 */
final class LineSender {

  // Enough to fill the batches of all partitions; less than the producer's memory, so that waiting
  // happens here, where it can be broken off.
  private static final int IN_FLIGHT = 10_000;

  private static final long LOOK_EVERY_MILLIS = 100;

  private final EventProducer producer;
  private final Deliveries deliveries;
  private final BooleanSupplier stopped;
  private final Semaphore room = new Semaphore(IN_FLIGHT);
  private volatile long nextLine = 1;

  /**
   * A sender that has not begun.
   *
   * @param stopped whether somebody asked for the end
   */
  LineSender(EventProducer producer, Deliveries deliveries, BooleanSupplier stopped) {
    this.producer = producer;
    this.deliveries = deliveries;
    this.stopped = stopped;
  }

  /** Sends the lines from this one on, until the last, or there is no use in going on. */
  void send(LineReader input, long fromLine) throws IOException, InterruptedException {
    for (String line = read(input); line != null && goesOn(); line = read(input)) {
      if (input.number() >= fromLine && !line.isBlank()) {
        awaitRoom();
        if (goesOn()) {
          send(line, input.number());
        }
      }
      nextLine = input.number() + 1;
    }
  }

  private boolean goesOn() {
    return !stopped.getAsBoolean() && deliveries.firstCause() == null;
  }

  private void awaitRoom() throws InterruptedException {
    while (goesOn() && !room.tryAcquire(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {}
  }

  /** The number of the first line that was not looked at. */
  long nextLine() {
    return nextLine;
  }

  /** Waits so long, at most, for what is on its way. Returns whether nothing is any more. */
  boolean awaitDeliveries(long millis) throws InterruptedException {
    if (!room.tryAcquire(IN_FLIGHT, millis, TimeUnit.MILLISECONDS)) {
      return false;
    }
    room.release(IN_FLIGHT);
    return true;
  }

  /** Blank for a line that is no text, which is refused. */
  private @Nullable String read(LineReader input) throws IOException {
    try {
      return input.next();
    } catch (CharacterCodingException e) {
      deliveries.refuse(input.number(), "not UTF-8");
      return "";
    }
  }

  private void send(String text, long number) {
    CompletableFuture<RecordMetadata> delivery;
    try {
      if (!(RecordLines.parse(text) instanceof RecordLine line)) {
        deliveries.passOver();
        room.release();
        return;
      }
      delivery = send(line);
    } catch (InvalidLineException | IllegalArgumentException e) {
      deliveries.refuse(number, String.valueOf(e.getMessage()));
      room.release();
      return;
    }
    deliveries.send(number);
    var unused =
        delivery.whenComplete(
            (metadata, failure) -> {
              if (failure == null) {
                deliveries.acknowledge(number);
              } else {
                deliveries.fail(number, failure);
              }
              room.release();
            });
  }

  /**
   * Hands a record to the producer.
   *
   * @throws IllegalArgumentException if it is not one that can be sent
   */
  private CompletableFuture<RecordMetadata> send(RecordLine line) {
    String key = line.key() == null ? "" : new String(line.key(), StandardCharsets.UTF_8);
    if (line.value() == null) {
      if (line.topic().equals(TopicCatalogue.PRICE_BOOK)) {
        return producer.removeModelPrices(key);
      }
      if (line.topic().equals(TopicCatalogue.ACCESS_POLICIES)) {
        return producer.removeAccessPolicy(key);
      }
      throw new IllegalArgumentException("no value; only prices and policies can be removed");
    }
    SpecificRecord record;
    try {
      record = JsonRecords.fromJson(line.value(), line.type());
    } catch (JsonRecordException e) {
      throw new IllegalArgumentException("value: " + e.getMessage(), e);
    }
    String keyField = String.valueOf(line.topic().keyField());
    Object own = record.get(record.getSchema().getField(keyField).pos());
    if (!key.equals(own)) {
      throw new IllegalArgumentException(
          "the key is \"%s\", not the %s, \"%s\"; leave it out".formatted(key, keyField, own));
    }
    return producer.send(record);
  }
}
