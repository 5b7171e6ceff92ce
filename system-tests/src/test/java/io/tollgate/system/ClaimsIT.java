package io.tollgate.system;

import static io.tollgate.schemas.topics.TopicCatalogue.ACCOUNT_ACCESS;
import static io.tollgate.schemas.topics.TopicCatalogue.ACCOUNT_EVENTS;
import static io.tollgate.schemas.topics.TopicCatalogue.CLAIM_ANSWERS;
import static io.tollgate.schemas.topics.TopicCatalogue.CREDIT_NOTICES;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.events.AccountAccess;
import io.tollgate.events.ClaimAnswered;
import io.tollgate.events.PhoneVerified;
import io.tollgate.events.TrialDecided;
import io.tollgate.events.VerificationStatus;
import io.tollgate.events.VerificationUpdated;
import io.tollgate.schemas.serde.EventCodec;
import io.tollgate.streams.app.Pipeline;
import io.tollgate.streams.config.ConfigLoader;
import io.tollgate.streams.config.TollgateConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * One trial per phone and one account per identity: of two accounts that claim the same in the same
 * instant, one gets it; and when all accounts are forgotten and replayed, the same one gets it
 * again and the other still does not.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ClaimsIT {

  private static final int PARTITIONS = 4;
  private static final int PAIRS = 25;
  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(2);

  @TempDir Path directory;

  @Test
  void shouldNeverGrantAClaimTwice() throws Exception {
    try (ProcessCluster cluster = ProcessCluster.start(directory, PARTITIONS, Map.of())) {
      TollgateConfig config = config(cluster, "before");
      verify(config);
      try (Told told = new Told(config)) {
        Map<String, String> holders = run(config, told);
        Map<String, String> verified = told.verified();
        forgetAccounts(config);
        told.forget();
        assertThat(run(config(cluster, "after"), told)).isEqualTo(holders);
        assertThat(told.verified()).isEqualTo(verified);
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

  /** Runs a pipeline until everybody has heard; who got which trial. */
  private static Map<String, String> run(TollgateConfig config, Told told) throws Exception {
    try (Pipeline pipeline = new Pipeline(config, PARTITIONS)) {
      pipeline.start(() -> true);
      told.await();
      return holders(told.trials);
    }
  }

  /** Two accounts verify each phone and each identity, in one batch. */
  private static void verify(TollgateConfig config) throws Exception {
    List<Future<?>> sent = new ArrayList<>();
    try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(config.producer())) {
      for (int pair = 0; pair < PAIRS; pair++) {
        for (String side : List.of("left-", "right-")) {
          String account = side + pair;
          for (SpecificRecord event :
              List.of(
                  new VerificationUpdated(
                      account,
                      VerificationStatus.VERIFIED,
                      "identity-" + pair,
                      Instant.now(),
                      null),
                  new PhoneVerified(account, "phone-" + pair, Instant.now()))) {
            sent.add(
                producer.send(
                    new ProducerRecord<>(
                        config.topicNames().full(ACCOUNT_EVENTS),
                        account.getBytes(StandardCharsets.UTF_8),
                        EventCodec.encode(event))));
          }
        }
      }
      for (Future<?> each : sent) {
        each.get();
      }
    }
  }

  /** What was told of trials and of verification since the accounts were forgotten last. */
  private static final class Told implements AutoCloseable {
    private final CommittedRecords records;
    private final List<TrialDecided> trials = new ArrayList<>();
    private final Map<String, Boolean> verifiedAccounts = new HashMap<>();
    private int answers;

    Told(TollgateConfig config) {
      records =
          new CommittedRecords(config, PARTITIONS, CREDIT_NOTICES, ACCOUNT_ACCESS, CLAIM_ANSWERS);
    }

    /** Until every claim is answered, every trial decided, and one of each pair verified. */
    void await() {
      long deadline = System.nanoTime() + PATIENCE_NANOS;
      while (answers < 4 * PAIRS || trials.size() < 2 * PAIRS || verified().size() < PAIRS) {
        assertThat(System.nanoTime() - deadline)
            .as("%d answers, %d trials, %s", answers, trials.size(), verifiedAccounts)
            .isNegative();
        for (ConsumerRecord<byte[], byte[]> record : records.poll()) {
          read(new String(record.key(), StandardCharsets.UTF_8), record.value());
        }
      }
    }

    private void read(String key, byte @Nullable [] value) {
      SpecificRecord record = value == null ? null : EventCodec.decode(value);
      if (record instanceof TrialDecided trial) {
        trials.add(trial);
      } else if (record instanceof ClaimAnswered) {
        answers++;
      } else if (record == null || record instanceof AccountAccess) {
        verifiedAccounts.put(key, record instanceof AccountAccess access && access.getVerified());
      }
    }

    /** Who is verified by each identity: never two. */
    Map<String, String> verified() {
      Map<String, String> verified = new HashMap<>();
      verifiedAccounts.forEach(
          (account, isVerified) -> {
            if (isVerified) {
              String pair = account.substring(account.indexOf('-'));
              assertThat(verified.put(pair, account)).as("another one with %s", pair).isNull();
            }
          });
      return verified;
    }

    void forget() {
      trials.clear();
      verifiedAccounts.clear();
      answers = 0;
    }

    @Override
    public void close() {
      records.close();
    }
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
    assertThat(accounts).hasSize(2 * PAIRS);
    assertThat(holders).hasSize(PAIRS);
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
