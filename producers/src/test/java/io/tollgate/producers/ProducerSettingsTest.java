package io.tollgate.producers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

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
  void shouldRefuseEmptyBootstrapServers() {
    assertThatIllegalArgumentException().isThrownBy(() -> ProducerSettings.of(" "));
  }
}
