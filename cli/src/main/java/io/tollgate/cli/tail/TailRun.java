package io.tollgate.cli.tail;

import io.tollgate.cli.Colours;
import io.tollgate.cli.Console;
import io.tollgate.cli.RecordWords;
import io.tollgate.cli.kafka.CommittedRecords;
import io.tollgate.cli.kafka.TopicRecord;
import io.tollgate.cli.lines.BrokenPipeException;
import io.tollgate.cli.lines.JsonLineWriter;
import io.tollgate.schemas.json.IsoMillis;
import io.tollgate.schemas.topics.TopicSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.BooleanSupplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Prints the records of a topic as they come. */
final class TailRun {

  private final TopicSpec topic;
  private final @Nullable String account;
  private final Console console;
  private final Colours colours;
  private final @Nullable JsonLineWriter json;

  /**
   * A run over one topic.
   *
   * @param account whose records alone are printed; null: everybody's
   * @param asJson whether to print JSON lines
   */
  TailRun(TopicSpec topic, @Nullable String account, Console console, boolean asJson) {
    this.topic = topic;
    this.account = account;
    this.console = console;
    this.colours = new Colours(console.colours());
    this.json = asJson ? new JsonLineWriter(console.rawOut()) : null;
  }

  /** Prints what is there, and then what comes until it is stopped or nobody reads any more. */
  void run(CommittedRecords records, boolean follows, BooleanSupplier stopped) throws IOException {
    try {
      records.readToEnd(this::print);
      flush();
      while (follows && !stopped.getAsBoolean() && isRead()) {
        records.awaitMore(this::print);
        flush();
      }
    } catch (UncheckedIOException e) {
      if (!(e.getCause() instanceof BrokenPipeException)) {
        throw e.getCause();
      }
    } catch (BrokenPipeException e) {
      // Whoever read the output has seen enough.
      return;
    }
  }

  private boolean isRead() {
    return json != null || !console.out().checkError();
  }

  private void flush() throws IOException {
    if (json == null) {
      console.out().flush();
    } else {
      json.flush();
    }
  }

  private void print(ConsumerRecord<byte[], byte[]> consumed) {
    TopicRecord record = TopicRecord.of(topic, consumed);
    if (account != null && !account.equals(record.key())) {
      return;
    }
    if (json == null) {
      console.out().println(line(record));
      return;
    }
    try {
      json.write(record.toJson());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String line(TopicRecord record) {
    return "%s  %s  %s"
        .formatted(
            colours.faint(IsoMillis.format(record.timestamp())),
            colours.bold(record.key() == null ? "-" : record.key()),
            what(record));
  }

  private String what(TopicRecord record) {
    if (record.fault() != null) {
      return colours.red("%s is no record: %s".formatted(record.coordinates(), record.fault()));
    }
    SpecificRecord value = record.value();
    return value == null ? "removed" : value.getSchema().getName() + "  " + RecordWords.of(value);
  }
}
