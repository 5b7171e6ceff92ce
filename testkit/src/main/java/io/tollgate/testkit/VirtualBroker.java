package io.tollgate.testkit;

import io.tollgate.events.RejectedEvent;
import io.tollgate.schemas.topics.TopicNames;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * What stands for Kafka and the clock: every record goes to each application that reads its topic,
 * what these write goes on likewise, until all are silent; then time goes on to what is due next.
 */
final class VirtualBroker {

  /** A record and who wrote it; null: the test. */
  private record Written(Message message, @Nullable Application writer) {}

  /** No sound conversation about one record, or one deadline, goes to and fro so often. */
  private static final int MOST_ROUNDS = 1_000;

  private final TopicNames names;
  private final List<Application> applications;
  private final History history;
  private Instant now = Instant.EPOCH;

  VirtualBroker(TopicNames names, List<Application> applications, History history) {
    this.names = names;
    this.applications = applications;
    this.history = history;
  }

  Instant now() {
    return now;
  }

  /**
   * Appends a record by the test, and all that follows from it.
   *
   * @param topic name on the broker
   * @throws IllegalArgumentException if nothing reads the topic
   */
  void append(String topic, byte @Nullable [] key, byte @Nullable [] value) {
    Message message = message(topic, key, value);
    history.addInput(message);
    carry(deliver(new Written(message, null)));
  }

  /**
   * A record that has been there before the test, not in its history.
   *
   * @throws IllegalArgumentException if nothing reads the topic, or it is refused
   */
  void give(String topic, byte @Nullable [] key, byte @Nullable [] value) {
    List<Written> written = deliver(new Written(message(topic, key, value), null));
    for (Written answer : written) {
      if (answer.message().event() instanceof RejectedEvent refused) {
        throw new IllegalArgumentException(
            "%s of %s is refused: %s"
                .formatted(refused.getSourceTopic(), refused.getSourceKey(), refused.getDetail()));
      }
    }
    carry(written);
  }

  private Message message(String topic, byte @Nullable [] key, byte @Nullable [] value) {
    Message message = Message.of(names, topic, now, key, value, new RecordHeaders());
    if (applications.stream().noneMatch(application -> application.reads(message))) {
      throw new IllegalArgumentException("no topology of this test reads the topic " + topic);
    }
    return message;
  }

  /** Lets time pass, from one deadline to the next. */
  void advanceTo(Instant time) {
    if (time.isBefore(now)) {
      throw new IllegalArgumentException(
          "time does not go back: it is %s, after %s".formatted(now, time));
    }
    do {
      now = nextDue(time);
      for (Application application : applications) {
        carry(writtenBy(application, application.advanceTo(now)));
      }
    } while (now.isBefore(time));
  }

  private Instant nextDue(Instant time) {
    Instant next = time;
    for (Application application : applications) {
      Instant due = application.nextDue();
      next = due.isBefore(next) ? due : next;
    }
    return next;
  }

  /** Hands on what was written, then what was written on hearing of that, and so on. */
  private void carry(List<Written> written) {
    List<Written> undelivered = written;
    for (int round = 0; !undelivered.isEmpty(); round++) {
      if (round == MOST_ROUNDS) {
        throw new IllegalStateException(
            "the topologies answer each other without end, last on "
                + undelivered.get(0).message().topic());
      }
      List<Written> answers = new ArrayList<>();
      for (Written record : undelivered) {
        Message appended = record.message().appendedAt(now);
        history.addOutput(appended);
        answers.addAll(deliver(new Written(appended, record.writer())));
      }
      undelivered = answers;
    }
  }

  /** What an application writes to a topic of its own, its driver has handed back to it already. */
  private List<Written> deliver(Written record) {
    List<Written> answers = new ArrayList<>();
    for (Application application : applications) {
      if (application != record.writer() && application.reads(record.message())) {
        answers.addAll(writtenBy(application, application.process(record.message())));
      }
    }
    return answers;
  }

  private static List<Written> writtenBy(Application application, List<Message> messages) {
    return messages.stream().map(message -> new Written(message, application)).toList();
  }
}
