package io.tollgate.consumers;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Makes sure, before a consumer starts, that the topics it needs are there. */
final class Topics {

  /** As long as the longest kept topic of events that end: notices. */
  private static final Duration RETENTION = Duration.ofDays(365);

  private final Admin admin;

  Topics(Admin admin) {
    this.admin = admin;
  }

  /**
   * Checks topics that others own.
   *
   * @throws ConsumerException if one does not exist, or the cluster does not tell
   */
  void require(Collection<String> names) {
    for (String name : names) {
      if (!exists(name)) {
        throw new ConsumerException(
            "Topic %s does not exist: check the topic prefix, or create the topics of the installation"
                .formatted(name),
            null);
      }
    }
  }

  /**
   * Creates the dead-letter topic if it does not exist: with as many partitions and replicas as the
   * brokers give by default.
   *
   * @throws ConsumerException if it neither exists nor can be created
   */
  void createIfMissing(String deadLetterTopic) {
    if (exists(deadLetterTopic)) {
      return;
    }
    NewTopic topic =
        new NewTopic(deadLetterTopic, Optional.empty(), Optional.empty())
            .configs(
                Map.of(
                    TopicConfig.RETENTION_MS_CONFIG,
                    Long.toString(RETENTION.toMillis()),
                    TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                    Integer.toString(ConsumerSettings.MAX_DEAD_LETTER_BYTES)));
    try {
      await(admin.createTopics(List.of(topic)).all());
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw new ConsumerException(
            "The dead-letter topic %s does not exist and cannot be created; create it, or name another: %s"
                .formatted(deadLetterTopic, e.getCause()),
            e.getCause());
      }
    }
  }

  private boolean exists(String name) {
    try {
      await(admin.describeTopics(List.of(name)).allTopicNames());
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return false;
      }
      throw new ConsumerException(
          "Cannot look for topic %s: %s".formatted(name, e.getCause()), e.getCause());
    }
  }

  private static void await(KafkaFuture<?> answer) throws ExecutionException {
    try {
      answer.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ConsumerException("Interrupted while it looked for its topics", e);
    }
  }
}
