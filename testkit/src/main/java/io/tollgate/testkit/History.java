package io.tollgate.testkit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;

/** All records of a test in their order, and which of them no expectation has taken yet. */
final class History {

  /** A record, whether it went in or came out, and whether an expectation took it. */
  static final class Entry {

    private final Message message;
    private final boolean output;
    private boolean taken;

    private Entry(Message message, boolean output) {
      this.message = message;
      this.output = output;
    }

    Message message() {
      return message;
    }

    Instant time() {
      return message.time();
    }

    boolean isOutput() {
      return output;
    }

    boolean isOpen() {
      return output && !taken;
    }

    void take() {
      taken = true;
    }
  }

  private final List<SpecificRecord> given = new ArrayList<>();
  private final List<Entry> entries = new ArrayList<>();
  private final Map<String, OwnTopic<?, ?>> ownTopics = new HashMap<>();

  void addGiven(SpecificRecord record) {
    given.add(record);
  }

  void addInput(Message message) {
    entries.add(new Entry(message, false));
  }

  void addOutput(Message message) {
    entries.add(new Entry(message, true));
  }

  /** From now on records of this topic can be read. */
  void know(OwnTopic<?, ?> topic) {
    ownTopics.put(topic.name(), topic);
  }

  /** What came out and was not taken yet. */
  List<Entry> open() {
    return open(message -> true);
  }

  List<Entry> open(Predicate<Message> which) {
    return entries.stream().filter(entry -> entry.isOpen() && which.test(entry.message())).toList();
  }

  /** What came out, taken or not. */
  List<Message> outputs(Predicate<Message> which) {
    return entries.stream().filter(Entry::isOutput).map(Entry::message).filter(which).toList();
  }

  /** One line. */
  String text(Message message) {
    return HistoryText.line(message, ownTopics);
  }

  /** Everything, for people. */
  String text() {
    return HistoryText.of(given, entries, ownTopics);
  }
}
