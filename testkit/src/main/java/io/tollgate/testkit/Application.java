package io.tollgate.testkit;

import java.time.Instant;
import java.util.List;

/** A Kafka Streams application of a test: records and time go in, what it writes comes out. */
interface Application extends AutoCloseable {

  /** Whether it reads the topic of this record. */
  boolean reads(Message message);

  /** Processes a record; returns what it wrote. */
  List<Message> process(Message message);

  /** When it should next be told the time; {@link Instant#MAX} if it does not wait for any. */
  Instant nextDue();

  /** Tells it the time; returns what it wrote. */
  List<Message> advanceTo(Instant time);

  @Override
  void close();
}
