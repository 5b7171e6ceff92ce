package io.tollgate.system;

import static io.tollgate.schemas.topics.TopicCatalogue.PAYMENT_EVENTS;
import static io.tollgate.schemas.topics.TopicCatalogue.USAGE_EVENTS;
import static io.tollgate.system.Events.UNIT;

import io.tollgate.events.Completion;
import io.tollgate.events.PaymentSucceeded;
import io.tollgate.events.UsageEvent;
import io.tollgate.schemas.serde.EventCodec;
import io.tollgate.schemas.topics.TopicNames;
import io.tollgate.schemas.topics.TopicSpec;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Usage and purchases of many accounts, with duplicates and garbage among them, and what becomes of
 * them however the topics interleave: every account has more credit than it can use before its
 * first usage is sent, and no gate, price or setting changes.
 *
 * <p>Not safe for use by several threads.
 */
final class CrashWorkload {

  private static final int ACCOUNTS = 200;
  private static final long FIRST_UNITS = 100_000;

  /** Costs have fractions of a nano, which an account must carry over every crash. */
  static final long NANOS_PER_MILLION = 3_141_592_653L;

  private static final BigInteger MILLION = BigInteger.valueOf(1_000_000);

  /** What the books of one account must say in the end. */
  static final class Expected {
    private long paidNanos;
    private BigInteger exactCost = BigInteger.ZERO;
    private final Set<String> causes = new HashSet<>();

    /** By topic and id, each exactly once. */
    Set<String> causes() {
      return causes;
    }

    long balanceNanos() {
      return paidNanos - usedNanos();
    }

    long usedNanos() {
      return exactCost.divide(MILLION).longValueExact();
    }
  }

  private final TopicNames names;
  private final Random random;
  private final Instant start;
  private final Map<String, Expected> expected = new TreeMap<>();
  private final Map<String, List<SpecificRecord>> sent = new HashMap<>();
  private int nextId;
  private int garbage;

  CrashWorkload(TopicNames names, long seed, Instant start) {
    this.names = names;
    this.random = new Random(seed);
    this.start = start;
    for (int i = 0; i < ACCOUNTS; i++) {
      expected.put("account-" + i, new Expected());
    }
  }

  Map<String, Expected> expected() {
    return expected;
  }

  /** How many records can only be rejected. */
  int garbage() {
    return garbage;
  }

  /** More credit for each account than it will use. */
  List<ProducerRecord<byte[], byte[]>> firstPurchases() {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    expected.keySet().forEach(account -> records.add(payment(account, "first", FIRST_UNITS)));
    return records;
  }

  /**
   * Mostly usage; about one in ten is a duplicate, one in fifty money, one in a hundred garbage.
   */
  ProducerRecord<byte[], byte[]> next() {
    String account = "account-" + random.nextInt(ACCOUNTS);
    int kind = random.nextInt(100);
    List<SpecificRecord> before = sent.getOrDefault(account, List.of());
    if (kind == 0) {
      garbage++;
      byte[] noise = new byte[random.nextInt(100)];
      random.nextBytes(noise);
      return record(USAGE_EVENTS, account, noise);
    }
    if (kind <= 2) {
      return payment(account, "payment-" + nextId++, 1 + random.nextInt(50));
    }
    if (kind <= 12 && !before.isEmpty()) {
      return again(account, before.get(random.nextInt(before.size())));
    }
    return usage(
        account, "usage-" + nextId++, kind == 13 ? Completion.FAILED : Completion.COMPLETE);
  }

  /** The last usage and the last payment of each account: when they are booked, all else was. */
  List<ProducerRecord<byte[], byte[]>> last() {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (String account : expected.keySet()) {
      records.add(usage(account, "last", Completion.COMPLETE));
      records.add(payment(account, "last", 1));
    }
    return records;
  }

  /** The same facts once more, with another time of their own, as a retry may send them. */
  private ProducerRecord<byte[], byte[]> again(String account, SpecificRecord event) {
    if (event instanceof UsageEvent usage) {
      UsageEvent retried =
          UsageEvent.newBuilder(usage).setOccurredAt(usage.getOccurredAt().plusMillis(1)).build();
      return record(USAGE_EVENTS, account, EventCodec.encode(retried));
    }
    return record(PAYMENT_EVENTS, account, EventCodec.encode(event));
  }

  private ProducerRecord<byte[], byte[]> usage(String account, String id, Completion completion) {
    long tokens = 1L + random.nextInt(3_000);
    UsageEvent usage =
        Events.usage(account, id)
            .setOccurredAt(start)
            .setInputTokens(tokens)
            .setCompletion(completion)
            .build();
    Expected books = book(account, USAGE_EVENTS, id, usage);
    if (completion != Completion.FAILED) {
      BigInteger cost = BigInteger.valueOf(tokens).multiply(BigInteger.valueOf(NANOS_PER_MILLION));
      books.exactCost = books.exactCost.add(cost);
    }
    return record(USAGE_EVENTS, account, EventCodec.encode(usage));
  }

  private ProducerRecord<byte[], byte[]> payment(String account, String id, long units) {
    PaymentSucceeded payment = Events.payment(account, id, units).setOccurredAt(start).build();
    book(account, PAYMENT_EVENTS, id, payment).paidNanos += units * UNIT;
    return record(PAYMENT_EVENTS, account, EventCodec.encode(payment));
  }

  private Expected book(String account, TopicSpec topic, String id, SpecificRecord event) {
    sent.computeIfAbsent(account, key -> new ArrayList<>()).add(event);
    Expected books = expected.get(account);
    if (books == null || !books.causes.add(topic.name() + "/" + id)) {
      throw new IllegalStateException("not a new record of a known account: " + event);
    }
    return books;
  }

  private ProducerRecord<byte[], byte[]> record(TopicSpec topic, String account, byte[] value) {
    byte[] key = account.getBytes(StandardCharsets.UTF_8);
    return new ProducerRecord<>(names.full(topic), key, value);
  }
}
