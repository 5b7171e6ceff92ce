package io.tollgate.testkit;

import io.tollgate.schemas.topics.TopicSpec;
import io.tollgate.testkit.History.Entry;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.KeyValue;
import org.jspecify.annotations.Nullable;

/** What came out and no expectation has taken yet. An expectation that is met takes its record. */
final class OpenRecords {

  private static final String NEXT_LINE = "\n  ";

  private final History history;

  OpenRecords(History history) {
    this.history = history;
  }

  /** The next record of the type, and of the key if that is expected, has the expected fields. */
  void expect(ExpectedFields expected, TopicSpec topic) {
    String key = Objects.toString(expected.get(topic.keyField()), null);
    Entry next =
        next(
            ofType(expected.type(), key),
            what(expected.type(), key) + " with" + NEXT_LINE + indented(expected.text()));
    compare("The next " + what(expected.type(), key), expected, next.message().event());
    next.take();
  }

  private static String what(Schema type, @Nullable String key) {
    return key == null ? type.getName() : type.getName() + " of " + key;
  }

  /** The next record of the type and key is a tombstone. */
  void expectTombstone(Schema type, String key) {
    Entry next = next(ofType(type, key), what(type, key) + ", not even a tombstone");
    if (next.message().event() != null) {
      throw new UnmetExpectationError(
          "The next %s is not a tombstone".formatted(what(type, key)),
          history,
          "tombstone",
          history.text(next.message()));
    }
    next.take();
  }

  /** A record, null being a tombstone, has the expected fields. */
  void compare(String what, ExpectedFields expected, @Nullable SpecificRecord actual) {
    List<String> differences =
        actual == null ? List.of("it is a tombstone") : expected.differences(actual);
    if (!differences.isEmpty()) {
      throw new UnmetExpectationError(
          "%s is not as expected:%s"
              .formatted(what, NEXT_LINE + String.join(NEXT_LINE, differences)),
          history,
          expected.text(),
          actual == null ? "tombstone" : expected.text(actual));
    }
  }

  /** The next record of the type meets requirements that throw an AssertionError if it does not. */
  <T extends SpecificRecord> void expect(Class<T> type, Schema schema, Consumer<T> requirements) {
    Entry next = next(ofType(schema, null), schema.getName());
    try {
      requirements.accept(type.cast(next.message().event()));
    } catch (AssertionError e) {
      throw new UnmetExpectationError(
          "The next %s is not as expected:%s"
              .formatted(schema.getName(), NEXT_LINE + indented(String.valueOf(e.getMessage()))),
          history,
          e);
    }
    next.take();
  }

  /** The next record of the topic and key has this value. */
  <K, V> void expect(OwnTopic<K, V> topic, @Nullable K key, @Nullable V value) {
    Entry next =
        next(ofTopic(topic, key), "record on %s: %s %s".formatted(topic.name(), key, value));
    V actual = topic.value(next.message().value());
    if (!Objects.equals(value, actual)) {
      throw new UnmetExpectationError(
          "The next record of %s on %s is not as expected:%s"
              .formatted(
                  key,
                  topic.name(),
                  NEXT_LINE + "expected %s, but was %s".formatted(value, actual)),
          history,
          String.valueOf(value),
          String.valueOf(actual));
    }
    next.take();
  }

  private Entry next(Predicate<Message> which, String expected) {
    return history.open(which).stream()
        .findFirst()
        .orElseThrow(
            () ->
                new UnmetExpectationError(
                    "There is no further " + expected, history, expected, ""));
  }

  /** There is none of these. */
  void expectNone(Predicate<Message> which, String what) {
    List<Entry> more = history.open(which);
    if (!more.isEmpty()) {
      throw new UnmetExpectationError(
          "Expected no more %s, but there %s %d:%s"
              .formatted(
                  what, more.size() == 1 ? "is" : "are", more.size(), NEXT_LINE + lines(more)),
          history,
          "",
          lines(more));
    }
  }

  private String lines(List<Entry> entries) {
    return entries.stream()
        .map(entry -> history.text(entry.message()))
        .collect(Collectors.joining(NEXT_LINE));
  }

  /** Takes all of the type; tombstones are no records of it. */
  <T extends SpecificRecord> List<T> take(Class<T> type, Schema schema) {
    return history
        .open(message -> message.event() != null && ofType(schema, null).test(message))
        .stream()
        .peek(Entry::take)
        .map(entry -> type.cast(entry.message().event()))
        .toList();
  }

  /** Takes all of the topic. */
  <K, V> List<KeyValue<K, V>> take(OwnTopic<K, V> topic) {
    return history.open(message -> message.topic().equals(topic.name())).stream()
        .peek(Entry::take)
        .map(Entry::message)
        .map(message -> KeyValue.pair(topic.key(message.key()), topic.value(message.value())))
        .toList();
  }

  /** Takes them, whatever they are. */
  void skip(Predicate<Message> which) {
    history.open(which).forEach(Entry::take);
  }

  static Predicate<Message> ofType(Schema type, @Nullable String key) {
    return message -> message.isOf(type) && (key == null || key.equals(message.keyText()));
  }

  private static <K> Predicate<Message> ofTopic(OwnTopic<K, ?> topic, @Nullable K key) {
    return message ->
        message.topic().equals(topic.name()) && Objects.equals(key, topic.key(message.key()));
  }

  private static String indented(String text) {
    return text.replace("\n", NEXT_LINE);
  }
}
