package io.tollgate.streams.config;

import static io.tollgate.streams.config.TollgateConfig.ALERT_LEVELS;
import static io.tollgate.streams.config.TollgateConfig.APPLICATION_ID;
import static io.tollgate.streams.config.TollgateConfig.BALANCE_PUBLISH_INTERVAL;
import static io.tollgate.streams.config.TollgateConfig.BOOTSTRAP_SERVERS;
import static io.tollgate.streams.config.TollgateConfig.CACHE_MAX_BYTES;
import static io.tollgate.streams.config.TollgateConfig.COMMIT_INTERVAL;
import static io.tollgate.streams.config.TollgateConfig.DECLINES_FILE;
import static io.tollgate.streams.config.TollgateConfig.HTTP_LISTENER;
import static io.tollgate.streams.config.TollgateConfig.LATE_USAGE_GRACE;
import static io.tollgate.streams.config.TollgateConfig.MINIMUM_PURCHASE;
import static io.tollgate.streams.config.TollgateConfig.NUM_STANDBY_REPLICAS;
import static io.tollgate.streams.config.TollgateConfig.NUM_STREAM_THREADS;
import static io.tollgate.streams.config.TollgateConfig.OVERDRAFT_LIMIT;
import static io.tollgate.streams.config.TollgateConfig.PROBING_REBALANCE_INTERVAL;
import static io.tollgate.streams.config.TollgateConfig.QUARANTINE;
import static io.tollgate.streams.config.TollgateConfig.RECHARGE_RESEND_INTERVAL;
import static io.tollgate.streams.config.TollgateConfig.SESSION_TIMEOUT;
import static io.tollgate.streams.config.TollgateConfig.STATE_BACKEND;
import static io.tollgate.streams.config.TollgateConfig.STATE_DIR;
import static io.tollgate.streams.config.TollgateConfig.TOPIC_PREFIX;
import static io.tollgate.streams.config.TollgateConfig.TRANSACTION_TIMEOUT;
import static io.tollgate.streams.config.TollgateConfig.USAGE_FUTURE_TOLERANCE;
import static io.tollgate.streams.config.TollgateConfig.USAGE_HORIZON;
import static io.tollgate.streams.config.TollgateConfig.USAGE_MEMORY;
import static io.tollgate.streams.config.TollgateConfig.USAGE_RATE;

import io.tollgate.domain.Limits;
import io.tollgate.schemas.topics.TopicNames;
import io.tollgate.streams.state.StateBackend;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;

/** Every setting of {@link TollgateConfig}: type, default, what is allowed, and what it is for. */
final class SettingDefinitions {

  // The longest name of a topic is 249 characters; changelogs add application id and store.
  private static final int MAX_NAME = 100;

  private static final long MEBIBYTE = 1024 * 1024;

  static final ConfigDef ALL =
      new ConfigDef()
          .define(
              BOOTSTRAP_SERVERS,
              ConfigDef.Type.LIST,
              "localhost:9092",
              Settings.servers(),
              Importance.HIGH,
              "Brokers to ask for all the others.")
          .define(
              TOPIC_PREFIX,
              ConfigDef.Type.STRING,
              TopicNames.DEFAULT_PREFIX,
              Settings.matching(
                  "[a-zA-Z0-9._-]{0," + MAX_NAME + "}",
                  "letters, digits, '.', '_', '-', at most " + MAX_NAME + "; may be empty"),
              Importance.HIGH,
              "What the installation's topics start with.")
          .define(
              APPLICATION_ID,
              ConfigDef.Type.STRING,
              "tollgate",
              Settings.matching(
                  "[a-zA-Z0-9._-]{1," + MAX_NAME + "}",
                  "letters, digits, '.', '_', '-', at most " + MAX_NAME),
              Importance.HIGH,
              "Consumer group and prefix of changelogs; the registry's is this with '-registry'."
                  + " With another id alone, a second ledger is written into the same topics: for"
                  + " empty books, set another topic.prefix too.")
          .define(
              STATE_DIR,
              ConfigDef.Type.STRING,
              "tollgate-state",
              Settings.matching(".*\\S.*", "a path"),
              Importance.HIGH,
              "Directory of local state, and of the identity by which an instance takes its"
                  + " transactions up again: on a volume that outlives the process.")
          .define(
              STATE_BACKEND,
              ConfigDef.Type.STRING,
              // What is remembered for ever grows past any heap, and a clean restart need not
              // restore it.
              name(StateBackend.ROCKSDB),
              Settings.oneOf(List.of(name(StateBackend.MEMORY), name(StateBackend.ROCKSDB))),
              Importance.MEDIUM,
              "Where stores are kept: memory is faster and restored at every start; rocksdb may be"
                  + " larger than memory and outlives clean restarts.")
          .define(
              NUM_STANDBY_REPLICAS,
              ConfigDef.Type.INT,
              // A standby needs a second instance; where there is one, set 1.
              0,
              Settings.between(0, 10),
              Importance.MEDIUM,
              "Copies of each task's state on other instances, for a fast failover.")
          .define(
              NUM_STREAM_THREADS,
              ConfigDef.Type.INT,
              // The cores of the smallest machine that is worth an instance.
              2,
              Settings.between(1, 256),
              Importance.MEDIUM,
              "Threads that process; one for each core, no more than partitions.")
          .define(
              COMMIT_INTERVAL,
              ConfigDef.Type.STRING,
              // Readers see a record at the commit, so this is the latency of an alert; each commit
              // has a price, and below a tenth of a second nobody notices the gain.
              "PT0.1S",
              Settings.durationBetween(Duration.ofMillis(10), Duration.ofSeconds(10)),
              Importance.MEDIUM,
              "How often a transaction is committed; what readers wait for, on average half.")
          .define(
              SESSION_TIMEOUT,
              ConfigDef.Type.STRING,
              // Kafka's 45 s would be most of a failover; below 10 s, a long pause of the garbage
              // collector looks like a death.
              "PT10S",
              Settings.durationBetween(Duration.ofSeconds(1), Duration.ofMinutes(5)),
              Importance.MEDIUM,
              "After how long without a sign of life an instance's partitions go to others.")
          .define(
              TRANSACTION_TIMEOUT,
              ConfigDef.Type.STRING,
              // A dead instance's transaction holds up readers of its partitions until then; as
              // long as the session, so that neither is waited for alone.
              "PT10S",
              Settings.durationBetween(Duration.ofSeconds(1), Duration.ofMinutes(15)),
              Importance.MEDIUM,
              "After how long the broker gives up an instance's open transaction.")
          .define(
              PROBING_REBALANCE_INTERVAL,
              ConfigDef.Type.STRING,
              // With Kafka's ten minutes a new instance seems to do nothing.
              "PT1M",
              Settings.durationBetween(Duration.ofMinutes(1), Duration.ofHours(1)),
              Importance.LOW,
              "How often a new instance that is restoring asks whether it may take over.")
          .define(
              CACHE_MAX_BYTES,
              ConfigDef.Type.LONG,
              // Only the journal is cached. Its open blocks, 32 entries of at most 1 KB, and those
              // filled between two commits must fit: 100,000 records a second fill about 300 in
              // 100 ms. Too small is not an error, only a multiple of the changelog records.
              32 * MEBIBYTE,
              Settings.between(MEBIBYTE, 64 * 1024 * MEBIBYTE),
              Importance.LOW,
              "Bytes of cache for the journal, for all threads together.")
          .define(
              ALERT_LEVELS,
              ConfigDef.Type.LIST,
              "5,1",
              Settings.amounts(Limits.LIST_ENTRIES),
              Importance.MEDIUM,
              "Balances at which an account without levels of its own is warned.")
          .define(
              OVERDRAFT_LIMIT,
              ConfigDef.Type.STRING,
              "1",
              Settings.amountFrom(0),
              Importance.MEDIUM,
              "How far usage may take an account without a limit of its own below zero.")
          .define(
              MINIMUM_PURCHASE,
              ConfigDef.Type.STRING,
              "5",
              Settings.amountFrom(1),
              Importance.MEDIUM,
              "The smallest recharge.")
          .define(
              LATE_USAGE_GRACE,
              ConfigDef.Type.STRING,
              // Gateways report within minutes; an hour also covers a restart of theirs.
              "PT1H",
              Settings.durationBetween(Duration.ZERO, Duration.ofDays(35)),
              Importance.MEDIUM,
              "How long after its expiry a lot still pays for usage from before.")
          .define(
              BALANCE_PUBLISH_INTERVAL,
              ConfigDef.Type.STRING,
              // A busy account would otherwise double the records; people do not read faster.
              "PT10S",
              Settings.durationBetween(Duration.ZERO, Duration.ofHours(1)),
              Importance.MEDIUM,
              "How often usage alone publishes an account's balance, at most.")
          .define(
              RECHARGE_RESEND_INTERVAL,
              ConfigDef.Type.STRING,
              // Longer than card networks take to answer; four of them are an hour.
              "PT15M",
              Settings.durationBetween(Duration.ofSeconds(1), Duration.ofDays(1)),
              Importance.MEDIUM,
              "After how long an unanswered recharge is sent again; it has stalled after four.")
          .define(
              DECLINES_FILE,
              ConfigDef.Type.STRING,
              "",
              Settings.declineFile(),
              Importance.LOW,
              "What each code of a declined payment asks for, in place of the codes that come with"
                  + " Tollgate. Read at start.")
          .define(
              USAGE_HORIZON,
              ConfigDef.Type.STRING,
              // A billing month and some days, and as long as usage-events keeps its records.
              "P35D",
              Settings.durationBetween(Duration.ofHours(1), Duration.ofDays(366)),
              Importance.HIGH,
              "How long usage is remembered to know duplicates, and how late it may come.")
          .define(
              USAGE_FUTURE_TOLERANCE,
              ConfigDef.Type.STRING,
              // More than clocks differ that are kept at all.
              "PT1H",
              Settings.durationBetween(Duration.ZERO, Duration.ofDays(1)),
              Importance.LOW,
              "How far ahead of its arrival usage may say that it happened.")
          .define(
              USAGE_RATE,
              ConfigDef.Type.LONG,
              // With 64 partitions, 5.5 million events a day.
              1L,
              Settings.between(1, 1_000_000),
              Importance.HIGH,
              "Usage events a second that one partition is expected to take, averaged over"
                  + " usage.horizon.")
          .define(
              USAGE_MEMORY,
              ConfigDef.Type.LONG,
              // One event a second for 35 days, at 128 bytes each, and some room.
              512 * MEBIBYTE,
              Settings.between(MEBIBYTE, 1024 * 1024 * MEBIBYTE),
              Importance.HIGH,
              "Bytes of heap that one partition may take to remember usage: at least"
                  + " usage.rate.per.partition × usage.horizon in seconds × "
                  + UsageCapacity.BYTES_PER_EVENT
                  + ". Checked at start.")
          .define(
              QUARANTINE,
              ConfigDef.Type.LIST,
              "",
              Settings.sourceOffsets(),
              Importance.LOW,
              "Records to pass over because they stop the pipeline; each becomes a RejectedEvent"
                  + " QUARANTINED.")
          .define(
              HTTP_LISTENER,
              ConfigDef.Type.STRING,
              // Health and metrics say nothing secret, and are still nobody's business by default.
              "127.0.0.1:8085",
              Settings.matching("|\\S+:\\d{1,5}", "host:port; empty: none; port 0: any free one"),
              Importance.MEDIUM,
              "Where an instance answers for its health and metrics, over HTTP.");

  private SettingDefinitions() {}

  private static String name(StateBackend backend) {
    return backend.name().toLowerCase(Locale.ROOT);
  }
}
