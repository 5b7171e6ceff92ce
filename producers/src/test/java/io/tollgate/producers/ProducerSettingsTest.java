package io.tollgate.producers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProducerSettingsTest {

  private final ProducerSettings settings = ProducerSettings.of("localhost:9092");

  @Test
  void shouldDeliverOnceToAllReplicas() {
    assertThat(settings.toKafkaProperties())
        .containsEntry("bootstrap.servers", "localhost:9092")
        .containsEntry("enable.idempotence", "true")
        .containsEntry("acks", "all")
        .containsEntry("compression.type", "lz4")
        .containsEntry("linger.ms", "5");
  }

  @Test
  void shouldPreferPropertiesOfTheCaller() {
    assertThat(
            settings
                .withKafkaProperty("linger.ms", "0")
                .withKafkaProperty("security.protocol", "SSL")
                .toKafkaProperties())
        .containsEntry("linger.ms", "0")
        .containsEntry("security.protocol", "SSL");
  }

  @Test
  void shouldUseTheDefaultTopicPrefixUnlessToldAnother() {
    assertThat(settings.topics().prefix()).isEqualTo("tollgate.");
    assertThat(settings.withTopicPrefix("test.").topics().prefix()).isEqualTo("test.");
  }

  @ParameterizedTest
  @CsvSource({"enable.idempotence,false", "acks,1", "acks,0"})
  void shouldRefuseToWeakenDelivery(String name, String value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings.withKafkaProperty(name, value))
        .withMessageContaining(name + "=" + value)
        .withMessageContaining("weaken");
  }

  @ParameterizedTest
  @CsvSource({"enable.idempotence,TRUE", "acks,-1", "acks,all"})
  void shouldAcceptWhatIsSoAnyway(String name, String value) {
    assertThat(settings.withKafkaProperty(name, value).toKafkaProperties())
        .containsEntry("enable.idempotence", "true")
        .containsEntry("acks", "all");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bootstrap.servers",
        "key.serializer",
        "value.serializer",
        "partitioner.class",
        "partitioner.ignore.keys",
        "transactional.id"
      })
  void shouldRefusePropertiesThatEventsDependOn(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings.withKafkaProperty(name, "x"))
        .withMessageContaining(name);
  }

  @Test
  void shouldBoundWhatIsInFlightAndHowLongASendWaits() {
    assertThat(settings.maxInFlight()).isEqualTo(10_000);
    assertThat(settings.maxWait()).isEqualTo(Duration.ofMinutes(1));
    assertThat(settings.toKafkaProperties()).containsEntry("max.block.ms", "60000");

    ProducerSettings others = settings.withMaxInFlight(7).withMaxWait(Duration.ofSeconds(3));
    assertThat(others.maxInFlight()).isEqualTo(7);
    assertThat(others.toKafkaProperties()).containsEntry("max.block.ms", "3000");
    assertThat(others.withKafkaProperty("max.block.ms", "9").toKafkaProperties())
        .containsEntry("max.block.ms", "9");
    assertThat(others.withTopicPrefix("x.").withKafkaProperty("linger.ms", "0"))
        .extracting(ProducerSettings::maxInFlight, ProducerSettings::maxWait)
        .containsExactly(7, Duration.ofSeconds(3));
  }

  @Test
  void shouldHaveSomePatienceWithBrokersThatHaveNotAnsweredYet() {
    assertThat(settings.withMaxWait(Duration.ZERO).toKafkaProperties())
        .containsEntry("max.block.ms", "1000");
  }

  @Test
  void shouldRefuseBoundsThatNothingCanKeep() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings.withMaxInFlight(0))
        .withMessageContaining("maxInFlight is 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings.withMaxWait(Duration.ofMillis(-1)))
        .withMessageContaining("maxWait");
  }

  @Test
  void shouldRefuseEmptyBootstrapServers() {
    assertThatIllegalArgumentException().isThrownBy(() -> ProducerSettings.of(" "));
  }
}
