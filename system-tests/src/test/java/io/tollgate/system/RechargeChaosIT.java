package io.tollgate.system;

import static io.tollgate.schemas.topics.TopicCatalogue.PAYMENT_EVENTS;
import static io.tollgate.schemas.topics.TopicCatalogue.USAGE_EVENTS;
import static io.tollgate.system.Events.UNIT;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.consumers.ConsumerSettings;
import io.tollgate.consumers.recharge.RechargeExecutor;
import io.tollgate.events.AutoRechargeConfigured;
import io.tollgate.events.RechargeRequested;
import io.tollgate.producers.EventProducer;
import io.tollgate.producers.TollgateProducers;
import io.tollgate.schemas.serde.EventCodec;
import io.tollgate.streams.config.TollgateConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Cards are charged once over crashes: accounts cross their threshold again and again, the provider
 * times out, repeats itself and speaks out of order, and pipeline and registry are killed in the
 * middle of it. In the end each recharge was charged at most once, each charge is in the books, no
 * account waits for nothing, and no month's limit is exceeded.
 *
 * <p>{@code -Dtollgate.recharge.accounts} and {@code -Dtollgate.recharge.kills} make it longer.
 */
@Timeout(value = 1, unit = TimeUnit.HOURS)
class RechargeChaosIT {

  private static final int ACCOUNTS = Integer.getInteger("tollgate.recharge.accounts", 150);
  private static final int KILLS = Integer.getInteger("tollgate.recharge.kills", 2);
  private static final int PARTITIONS = 4;

  private static final long FIRST_UNITS = 100;
  private static final long THRESHOLD_UNITS = 95;
  private static final long TARGET_UNITS = 100;
  private static final long MONTHLY_LIMIT_UNITS = 40;

  /** Usage costs six units each: less in all than the first payment, so that none is blocked. */
  private static final int USAGE_OF_EACH = 15;

  private static final long USAGE_TOKENS = 2_000_000;
  private static final int USAGE = ACCOUNTS * USAGE_OF_EACH;

  /** So that usage flows until after the last kill. */
  private static final long PER_SECOND = Math.max(100, USAGE / (12L * (KILLS + 1)));

  /** Long enough for the executor to work off what a restart lets out at once. */
  private static final long RESEND_SECONDS = Math.max(5, ACCOUNTS / 40);

  /** A recharge of four attempts, each of which is sent four times. */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60 + 16 * RESEND_SECONDS);

  /** The provider's codes; delays are short, so that second and third attempts are seen. */
  private static final String DECLINES =
      """
      field,code,class,delay
      declineCode,try_again,RETRY,PT1S
      declineCode,try_later,RETRY,PT3S
      declineCode,bank_holds,ISSUER,
      declineCode,expired,CUSTOMER,
      declineCode,stolen,STOP,
      """;

  @TempDir Path directory;

  @Test
  void shouldChargeOnceForEachRechargeOverCrashes() throws Exception {
    Path declines = Files.writeString(directory.resolve("declines.csv"), DECLINES);
    Map<String, String> settings =
        Map.of(
            TollgateConfig.SESSION_TIMEOUT,
            "PT6S",
            TollgateConfig.TRANSACTION_TIMEOUT,
            "PT3S",
            TollgateConfig.RECHARGE_RESEND_INTERVAL,
            "PT" + RESEND_SECONDS + "S",
            TollgateConfig.DECLINES_FILE,
            declines.toString());
    Map<String, String> cards = cards();
    try (ProcessCluster cluster = ProcessCluster.start(directory, PARTITIONS, settings);
        EventProducer payments = TollgateProducers.connect(cluster.brokers()).events();
        PaymentProvider provider = new PaymentProvider(cards, payments);
        BooksReader books = new BooksReader(cluster.config(), PARTITIONS);
        RechargeStories stories = new RechargeStories(cluster.config(), PARTITIONS)) {
      prepare(payments, cards);
      Run run = new Run(cluster.startPipeline("0"), books, stories);
      run.await("the first payments", () -> books.entries() == ACCOUNTS);
      try (RechargeExecutor executor =
          RechargeExecutor.start(
              ConsumerSettings.of(cluster.brokers(), "cards").withThreads(2), payments, provider)) {
        useUntilTheEnd(cluster, run);
        run.await(
            "all usage and charges in the books, and every story over",
            () ->
                books.entries() == ACCOUNTS + USAGE + provider.charged().size()
                    && unfinished(cards.keySet(), books, stories, provider).isEmpty());
        assertThat(executor.metrics().succeeded()).isPositive();
      }
      assertBooks(books, provider, cards);
      cards.keySet().forEach(id -> assertStory(stories.of(id), provider));
      assertThat(stories.resent()).as("outcomes that were not known").isPositive();
      assertThat(provider.charged().size()).isGreaterThan(ACCOUNTS / 2);
    }
  }

  /** What is awaited, with whom it depends on. */
  private static final class Run {
    private ChildProcess pipeline;
    private final BooksReader books;
    private final RechargeStories stories;

    Run(ChildProcess pipeline, BooksReader books, RechargeStories stories) {
      this.pipeline = pipeline;
      this.books = books;
      this.stories = stories;
    }

    void await(String what, BooleanSupplier reached) {
      books.await(what, PATIENCE_NANOS, pipeline, reached, stories::poll);
    }
  }

  private static void useUntilTheEnd(ProcessCluster cluster, Run run) throws Exception {
    Usage usage = new Usage(cluster.config());
    try (PacedSender sender =
        new PacedSender(new KafkaProducer<>(cluster.config().producer()), usage::next)) {
      sender.start(PER_SECOND);
      for (int kill = 1; kill <= KILLS; kill++) {
        long sent = (long) USAGE * kill / (KILLS + 1);
        long entries = run.books.entries() + ACCOUNTS / 10;
        run.await(
            "progress before kill " + kill,
            () -> sender.sent() >= sent && run.books.entries() >= entries);
        run.pipeline.kill();
        run.pipeline = cluster.startPipeline("0");
      }
      run.await("the last usage to be sent", () -> sender.sent() == USAGE);
      sender.stop();
    }
  }

  /** Usage of all accounts in turn. */
  private static final class Usage {
    private final TollgateConfig config;
    private int next;

    Usage(TollgateConfig config) {
      this.config = config;
    }

    @Nullable ProducerRecord<byte[], byte[]> next() {
      if (next == USAGE) {
        return null;
      }
      String account = account(next % ACCOUNTS);
      SpecificRecord event =
          Events.usage(account, "u" + next++).setInputTokens(USAGE_TOKENS).build();
      return new ProducerRecord<>(
          config.topicNames().full(USAGE_EVENTS),
          account.getBytes(StandardCharsets.UTF_8),
          EventCodec.encode(event));
    }
  }

  private static String account(int number) {
    return "account-" + number;
  }

  /** Most have a card of their own, some share one, and some share one that is always declined. */
  private static Map<String, String> cards() {
    Map<String, String> cards = new TreeMap<>();
    for (int i = 0; i < ACCOUNTS; i++) {
      String card =
          i % 25 == 0 ? PaymentProvider.BAD_CARD : i % 10 < 3 ? "shared" + i / 10 : "c" + i;
      cards.put(account(i), card);
    }
    return cards;
  }

  private static void prepare(EventProducer events, Map<String, String> cards) throws Exception {
    events.send(Events.prices(3 * UNIT)).get();
    for (Map.Entry<String, String> each : cards.entrySet()) {
      String account = each.getKey();
      send(
          events,
          AutoRechargeConfigured.newBuilder()
              .setAccountId(account)
              .setEnabled(true)
              .setThresholdNanos(THRESHOLD_UNITS * UNIT)
              .setTargetNanos(TARGET_UNITS * UNIT)
              .setMonthlyLimitNanos(MONTHLY_LIMIT_UNITS * UNIT)
              .setOccurredAt(Instant.now())
              .build());
      send(
          events,
          Events.payment(account, "first", FIRST_UNITS)
              .setCardFingerprint(each.getValue())
              .build());
    }
    events.flush();
  }

  /** Without waiting; a failure is thrown when the producer closes. */
  private static void send(EventProducer events, SpecificRecord event) {
    var unused = events.send(event);
  }

  /** The accounts for which more is to come. */
  private static List<String> unfinished(
      Set<String> accounts, BooksReader books, RechargeStories stories, PaymentProvider provider) {
    return accounts.stream()
        .filter(account -> !stories.of(account).isOver(isLow(books, account), provider))
        .toList();
  }

  private static boolean isLow(BooksReader books, String account) {
    BooksReader.Books of = books.books().get(account);
    return of == null || of.balanceNanos() <= THRESHOLD_UNITS * UNIT;
  }

  private static void assertBooks(
      BooksReader reader, PaymentProvider provider, Map<String, String> cards) {
    assertThat(reader.faults()).isEmpty();
    assertThat(reader.rejected()).as("duplicates say the same").isZero();
    assertThat(provider.misused()).isEmpty();
    provider.charged().forEach((recharge, charges) -> assertThat(charges).as(recharge).hasSize(1));
    for (String account : cards.keySet()) {
      BooksReader.Books books = Objects.requireNonNull(reader.books().get(account));
      long credited =
          books.causes().stream().filter(cause -> cause.startsWith(PAYMENT_EVENTS.name())).count();
      long charged =
          provider.charged().keySet().stream()
              .filter(recharge -> recharge.startsWith(account + ":"))
              .count();
      assertThat(credited).as("payments of %s", account).isEqualTo(1 + charged);
    }
  }

  private static void assertStory(RechargeStories.Story story, PaymentProvider provider) {
    Map<YearMonth, Long> asked = new HashMap<>();
    String before = null;
    for (Map.Entry<String, List<RechargeRequested>> each : story.requests().entrySet()) {
      String recharge = each.getKey();
      List<RechargeRequested> requests = each.getValue();
      assertThat(before == null || provider.charged().containsKey(before))
          .as("%s begins after the one before it succeeded", recharge)
          .isTrue();
      Map<Integer, Long> sends = new HashMap<>();
      int attempt = 1;
      for (RechargeRequested request : requests) {
        assertThat(request.getAttempt()).as(recharge).isBetween(attempt, attempt + 1);
        assertThat(request.getAmountNanos()).isEqualTo(requests.get(0).getAmountNanos());
        attempt = request.getAttempt();
        sends.merge(attempt, 1L, Long::sum);
      }
      assertThat(attempt).as("attempts of %s", recharge).isLessThanOrEqualTo(4);
      assertThat(sends.values()).as("sends of %s", recharge).allMatch(times -> times <= 4);
      RechargeRequested first = requests.get(0);
      asked.merge(
          YearMonth.from(first.getRequestedAt().atZone(ZoneOffset.UTC)),
          first.getAmountNanos(),
          Long::sum);
      before = recharge;
    }
    assertThat(asked.values())
        .as("asked for in a month")
        .allMatch(nanos -> nanos <= MONTHLY_LIMIT_UNITS * UNIT);
  }
}
