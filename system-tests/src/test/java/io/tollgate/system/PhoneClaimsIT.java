package io.tollgate.system;

import static io.tollgate.schemas.topics.TopicCatalogue.ACCOUNT_EVENTS;
import static io.tollgate.schemas.topics.TopicCatalogue.CREDIT_NOTICES;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.events.PhoneVerified;
import io.tollgate.events.TrialDecided;
import io.tollgate.schemas.serde.EventCodec;
import io.tollgate.streams.app.Pipeline;
import io.tollgate.streams.config.ConfigLoader;
import io.tollgate.streams.config.TollgateConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * One trial per phone: of two accounts that claim it in the same instant, one gets it; and when all
 * accounts are forgotten and replayed, the same one gets it again and the other still does not.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class PhoneClaimsIT {

  private static final int PARTITIONS = 4;
  private static final int PHONES = 25;
  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(2);

  @TempDir Path directory;

  @Test
  void shouldNeverGiveASecondTrialForAPhone() throws Exception {
    try (ProcessCluster cluster = ProcessCluster.start(directory, PARTITIONS, Map.of())) {
      TollgateConfig config = config(cluster, "before");
      verifyPhones(config);
      try (KafkaConsumer<byte[], byte[]> notices = notices(config)) {
        Map<String, String> holders = run(config, notices);
        forgetAccounts(config);
        assertThat(run(config(cluster, "after"), notices)).isEqualTo(holders);
      }
    }
  }

  private TollgateConfig config(ProcessCluster cluster, String state) {
    return ConfigLoader.load(
        null,
        Map.of(),
        Map.of(
            TollgateConfig.BOOTSTRAP_SERVERS,
            cluster.brokers(),
            TollgateConfig.STATE_DIR,
            directory.resolve(state).toString()));
  }

  /** Runs a pipeline until every account has heard of its trial; who got which. */
  private static Map<String, String> run(
      TollgateConfig config, KafkaConsumer<byte[], byte[]> notices) throws Exception {
    try (Pipeline pipeline = new Pipeline(config, PARTITIONS)) {
      pipeline.start(() -> true);
      return holders(decided(notices));
    }
  }

  /** Two accounts verify each phone, in one batch. */
  private static void verifyPhones(TollgateConfig config) throws Exception {
    List<Future<?>> sent = new ArrayList<>();
    try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(config.producer())) {
      for (int phone = 0; phone < PHONES; phone++) {
        for (String side : List.of("left-", "right-")) {
          String account = side + phone;
          sent.add(
              producer.send(
                  new ProducerRecord<>(
                      config.topicNames().full(ACCOUNT_EVENTS),
                      account.getBytes(StandardCharsets.UTF_8),
                      EventCodec.encode(
                          new PhoneVerified(account, "phone-" + phone, Instant.now())))));
        }
      }
      for (Future<?> each : sent) {
        each.get();
      }
    }
  }

  private static KafkaConsumer<byte[], byte[]> notices(TollgateConfig config) {
    KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(config.consumer());
    consumer.assign(
        IntStream.range(0, PARTITIONS)
            .mapToObj(
                partition ->
                    new TopicPartition(config.topicNames().full(CREDIT_NOTICES), partition))
            .toList());
    consumer.seekToBeginning(consumer.assignment());
    return consumer;
  }

  /** The next decision about each account. */
  private static List<TrialDecided> decided(KafkaConsumer<byte[], byte[]> notices) {
    List<TrialDecided> decided = new ArrayList<>();
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (decided.size() < 2 * PHONES) {
      assertThat(System.nanoTime() - deadline).as("%d decided", decided.size()).isNegative();
      for (ConsumerRecord<byte[], byte[]> record : notices.poll(Duration.ofMillis(100))) {
        decided.add((TrialDecided) EventCodec.decode(record.value()));
      }
    }
    return decided;
  }

  /** Who got the trial of each phone: exactly one of the two. */
  private static Map<String, String> holders(List<TrialDecided> decided) {
    Map<String, String> holders = new HashMap<>();
    Set<String> accounts = new HashSet<>();
    for (TrialDecided trial : decided) {
      assertThat(accounts.add(trial.getAccountId())).as(trial.getAccountId()).isTrue();
      if (trial.getGranted()) {
        assertThat(holders.put(trial.getPhoneHash(), trial.getAccountId()))
            .as("another trial of %s", trial.getPhoneHash())
            .isNull();
      } else {
        assertThat(trial.getReason()).isEqualTo("PHONE_ALREADY_USED");
      }
    }
    assertThat(accounts).hasSize(2 * PHONES);
    assertThat(holders).hasSize(PHONES);
    return holders;
  }

  /** Resets the account topology; its local state is in a directory that nobody uses again. */
  private static void forgetAccounts(TollgateConfig config) throws Exception {
    try (Admin admin = Admin.create(config.adminClient())) {
      admin.deleteConsumerGroups(List.of(config.applicationId())).all().get();
      List<String> changelogs =
          admin.listTopics().names().get().stream()
              .filter(topic -> topic.startsWith(config.applicationId() + "-"))
              .filter(topic -> !topic.startsWith(config.registryApplicationId()))
              .toList();
      assertThat(changelogs).hasSize(4);
      admin.deleteTopics(changelogs).all().get();
    }
  }
}
