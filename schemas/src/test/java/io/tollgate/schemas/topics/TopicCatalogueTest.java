package io.tollgate.schemas.topics;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.schemas.EventTypes;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.internals.Topic;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TopicCatalogueTest {

  private static final TopicNames NAMES = TopicNames.withDefaultPrefix();

  static Stream<TopicSpec> topics() {
    return TopicCatalogue.all().stream();
  }

  @Test
  void shouldListTopicsInTheOrderOfTheContract() {
    assertThat(topics().map(TopicSpec::name))
        .containsExactly(
            "usage-events",
            "authorization-requests",
            "payment-events",
            "account-events",
            "price-book",
            "access-policies",
            "ledger-entries",
            "account-balances",
            "account-access",
            "balance-alerts",
            "recharge-requests",
            "authorization-decisions",
            "blocked-usage",
            "credit-notices",
            "rejected-events",
            "clock",
            "reference",
            "claim-requests",
            "claim-answers");
  }

  @Test
  void shouldGiveEveryTypeATopic() {
    assertThat(topics().flatMap(topic -> topic.records().stream()).distinct())
        .containsExactlyInAnyOrderElementsOf(EventTypes.all());
  }

  @ParameterizedTest
  @MethodSource("topics")
  void shouldHaveItsKeyInEveryRecord(TopicSpec topic) {
    String keyField = topic.keyField();
    if (keyField != null) {
      for (Schema schema : topic.records()) {
        Schema.Field key = Objects.requireNonNull(schema.getField(keyField), schema.getName());
        assertThat(key.schema().getType()).isEqualTo(Schema.Type.STRING);
      }
    }
    assertThat(topic.key()).isNotBlank();
  }

  @ParameterizedTest
  @MethodSource("topics")
  void shouldDescribeATopicThatABrokerAccepts(TopicSpec topic) {
    NewTopic created = topic.toNewTopic(NAMES, 4, (short) 3);

    Topic.validate(created.name());
    assertThat(created.name()).isEqualTo("tollgate." + topic.name());
    assertThat(created.numPartitions())
        .isEqualTo(topic.partitioning() == Partitioning.SINGLE ? 1 : 4);
    assertThat(created.replicationFactor()).isEqualTo((short) 3);
    assertThat(created.configs()).containsEntry("min.insync.replicas", "2");
    assertThat(topic.owner()).isNotBlank();
    assertThat(topic.description()).matches(Pattern.compile("[A-Z].*\\."));
  }

  @ParameterizedTest
  @MethodSource("topics")
  void shouldKeepRecordsByTheTimeOfTheirArrival(TopicSpec topic) {
    // A copy of a record is no arrival; compaction does not look at its time.
    if (topic.equals(TopicCatalogue.REFERENCE)) {
      assertThat(topic.timestamps()).isEqualTo(TimestampType.CREATE_TIME);
      assertThat(topic.retention().isCompacted()).isTrue();
    } else {
      assertThat(topic.configs()).containsEntry("message.timestamp.type", "LogAppendTime");
    }
  }

  @Test
  void shouldKeepTheBooksForEver() {
    assertThat(TopicCatalogue.LEDGER_ENTRIES.configs())
        .isEqualTo(
            Map.of(
                "cleanup.policy", "delete",
                "retention.ms", "-1",
                "retention.bytes", "-1",
                "message.timestamp.type", "LogAppendTime",
                "max.message.bytes", "8388608"));
  }

  @Test
  void shouldKeepUsageAsLongAsItIsRemembered() {
    assertThat(TopicCatalogue.USAGE_EVENTS.configs()).containsEntry("retention.ms", "3024000000");
  }

  @Test
  void shouldCompactTopicsOfLatestValues() {
    List<String> compacted =
        topics()
            .filter(topic -> "compact".equals(topic.configs().get("cleanup.policy")))
            .map(TopicSpec::name)
            .toList();

    assertThat(compacted)
        .containsExactly(
            "price-book", "access-policies", "account-balances", "account-access", "reference");
    assertThat(TopicCatalogue.ACCOUNT_BALANCES.configs())
        .containsEntry("segment.bytes", "67108864")
        .doesNotContainKey("retention.ms");
  }

  @Test
  void shouldHaveOnePartitionForModelsOnly() {
    assertThat(topics().filter(topic -> topic.partitioning() == Partitioning.SINGLE))
        .containsExactly(TopicCatalogue.PRICE_BOOK, TopicCatalogue.ACCESS_POLICIES);
  }

  @Test
  void shouldNotAskForTwoReplicasWhereOneMayBeAway() {
    NewTopic created = TopicCatalogue.CLOCK.toNewTopic(NAMES, 4, (short) 1);

    assertThat(created.configs()).containsEntry("min.insync.replicas", "1");
  }

  @Test
  void shouldFindTopicsAndTheirRecordsByName() {
    assertThat(TopicCatalogue.byName("credit-notices")).contains(TopicCatalogue.CREDIT_NOTICES);
    assertThat(TopicCatalogue.byName("tollgate.credit-notices")).isEmpty();
    assertThat(TopicCatalogue.CREDIT_NOTICES.record("RefundDecided")).isPresent();
    assertThat(TopicCatalogue.CREDIT_NOTICES.record("UsageEvent")).isEmpty();
    assertThat(TopicCatalogue.CREDIT_NOTICES.recordNames())
        .containsExactly("TrialDecided", "CreditStranded", "StrandingCleared", "RefundDecided");
  }

  @Test
  void shouldAddAndRemoveThePrefix() {
    TopicNames names = new TopicNames("eu.tollgate.");

    assertThat(names.full("clock")).isEqualTo("eu.tollgate.clock");
    assertThat(names.full(TopicCatalogue.CLOCK)).isEqualTo("eu.tollgate.clock");
    assertThat(names.strip("eu.tollgate.clock")).isEqualTo("clock");
    assertThat(names.strip("other.clock")).isEqualTo("other.clock");
  }
}
