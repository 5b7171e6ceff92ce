package io.tollgate.consumers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsumerSettingsTest {

  private static final ConsumerSettings SETTINGS = ConsumerSettings.of("localhost:9092", "billing");

  @Test
  void shouldReadCommittedAndCommitByItself() {
    assertThat(SETTINGS.consumerProperties())
        .containsEntry("bootstrap.servers", "localhost:9092")
        .containsEntry("group.id", "billing")
        .containsEntry("isolation.level", "read_committed")
        .containsEntry("enable.auto.commit", "false")
        .containsEntry("auto.offset.reset", "earliest");
  }

  @Test
  void shouldRefuseToReadWhatIsNotCommitted() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SETTINGS.withKafkaProperty("isolation.level", "read_uncommitted"))
        .withMessage(
            "isolation.level=read_uncommitted would hand over events of aborted transactions, "
                + "which never happened; it is always read_committed");
  }

  @Test
  void shouldAcceptToBeToldWhatIsSoAnyway() {
    assertThat(SETTINGS.withKafkaProperty("isolation.level", "READ_COMMITTED").consumerProperties())
        .containsEntry("isolation.level", "read_committed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bootstrap.servers",
        "group.id",
        "enable.auto.commit",
        "key.deserializer",
        "value.deserializer",
        "allow.auto.create.topics"
      })
  void shouldRefuseWhatIsNotForTheCallerToSet(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SETTINGS.withKafkaProperty(name, "x"))
        .withMessage(
            name + " cannot be set: which events are handed over, and when, depends on it");
  }

  @Test
  void shouldNameDeadLettersByTheGroup() {
    assertThat(SETTINGS.deadLetterTopic()).isEqualTo("billing.dead-letters");
    assertThat(SETTINGS.withDeadLetterTopic("letters").deadLetterTopic()).isEqualTo("letters");
  }

  @Test
  void shouldShareSecurityWithTheOtherClientsAndNothingElse() {
    ConsumerSettings settings =
        SETTINGS
            .withKafkaProperty("security.protocol", "SSL")
            .withKafkaProperty("max.poll.records", "10")
            .withKafkaProperty("plug.in", "x");

    assertThat(settings.producerProperties())
        .containsEntry("security.protocol", "SSL")
        .containsEntry("plug.in", "x")
        .containsEntry("acks", "all")
        .doesNotContainKey("max.poll.records");
    assertThat(settings.adminProperties())
        .containsEntry("security.protocol", "SSL")
        .containsEntry("plug.in", "x")
        .doesNotContainKey("max.poll.records");
  }

  @Test
  void shouldLeaveTheAssignmentToTheBrokersIfToldSo() {
    assertThat(SETTINGS.consumerProperties()).containsKey("partition.assignment.strategy");
    assertThat(SETTINGS.withKafkaProperty("group.protocol", "consumer").consumerProperties())
        .doesNotContainKey("partition.assignment.strategy");
  }

  @Test
  void shouldRefuseNumbersAndNamesThatMakeNoSense() {
    assertThatIllegalArgumentException().isThrownBy(() -> ConsumerSettings.of(" ", "billing"));
    assertThatIllegalArgumentException().isThrownBy(() -> ConsumerSettings.of("localhost:1", ""));
    assertThatIllegalArgumentException().isThrownBy(() -> SETTINGS.withThreads(0));
    assertThatIllegalArgumentException().isThrownBy(() -> SETTINGS.withDeadLetterTopic(""));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SETTINGS.withDrainTimeout(Duration.ofMillis(-1)));
  }

  @Test
  void shouldRefuseToWaitLongerForHandlersThanTheGroupWaitsForAMember() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SETTINGS.withKafkaProperty("max.poll.interval.ms", "30000"))
        .withMessage(
            "The drain timeout must be from 0 to less than max.poll.interval.ms (30000 ms), "
                + "not PT30S");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SETTINGS.withDrainTimeout(Duration.ofMinutes(5)));
  }

  @Test
  void shouldKeepEverythingElseWhenOneThingChanges() {
    ConsumerSettings settings =
        SETTINGS
            .withTopicPrefix("other.")
            .withThreads(3)
            .withRetries(RetryPolicy.standard().withAttempts(2))
            .withDeadLetterTopic("letters")
            .withDrainTimeout(Duration.ofSeconds(1))
            .withKafkaProperty("client.id", "x");

    assertThat(settings.topics().prefix()).isEqualTo("other.");
    assertThat(settings.threads()).isEqualTo(3);
    assertThat(settings.retries().attempts()).isEqualTo(2);
    assertThat(settings.deadLetterTopic()).isEqualTo("letters");
    assertThat(settings.drainTimeout()).isEqualTo(Duration.ofSeconds(1));
    assertThat(settings.kafkaProperties()).containsEntry("client.id", "x");
  }
}
