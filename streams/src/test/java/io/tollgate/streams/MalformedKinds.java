package io.tollgate.streams;

import static io.tollgate.schemas.topics.TopicCatalogue.ACCESS_POLICIES;
import static io.tollgate.schemas.topics.TopicCatalogue.ACCOUNT_EVENTS;
import static io.tollgate.schemas.topics.TopicCatalogue.AUTHORIZATION_REQUESTS;
import static io.tollgate.schemas.topics.TopicCatalogue.PAYMENT_EVENTS;
import static io.tollgate.schemas.topics.TopicCatalogue.PRICE_BOOK;
import static io.tollgate.schemas.topics.TopicCatalogue.USAGE_EVENTS;
import static io.tollgate.streams.fixture.Events.START;

import io.tollgate.events.AccessRequirement;
import io.tollgate.events.AccountOpened;
import io.tollgate.events.AlertLevelsConfigured;
import io.tollgate.events.AuthorizationRequested;
import io.tollgate.events.AutoRechargeConfigured;
import io.tollgate.events.CreditVoided;
import io.tollgate.events.LedgerEntry;
import io.tollgate.events.ModelAccessPolicy;
import io.tollgate.events.ModelPrices;
import io.tollgate.events.OverdraftConfigured;
import io.tollgate.events.PriceRow;
import io.tollgate.events.RejectionReason;
import io.tollgate.events.VerificationUpdated;
import io.tollgate.schemas.TrustedTypes;
import io.tollgate.schemas.serde.EventCodec;
import io.tollgate.schemas.topics.TopicSpec;
import io.tollgate.streams.fixture.Accounts;
import io.tollgate.streams.fixture.Events;
import io.tollgate.streams.fixture.TopologyDriver;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Every kind of malformed input that {@link MalformedInputTest} feeds to the topologies. */
final class MalformedKinds {

  static final int PARTITIONS = 4;

  /** An account of the partition that the test driver has. */
  static final String ACCOUNT = accountOf(0);

  private static final int MEGABYTE = 1 << 20;
  private static final String LONG = "x".repeat(MEGABYTE);
  private static final Instant YEAR_10000 = Instant.parse("+10000-01-01T00:00:00Z");

  /** One kind. */
  @SuppressWarnings("ArrayRecordComponent") // as opaque as on the wire; never compared
  record Kind(
      TopicSpec topic,
      String name,
      byte @Nullable [] key,
      byte @Nullable [] value,
      RejectionReason reason) {

    @Override
    public String toString() {
      return topic.name() + ": " + name;
    }
  }

  private final List<Kind> kinds = new ArrayList<>();

  private MalformedKinds() {}

  static List<Kind> all() {
    TrustedTypes.trust();
    MalformedKinds all = new MalformedKinds();
    all.addBytes(USAGE_EVENTS, Events.usage(ACCOUNT, "malformed").setAuthorizationId("z").build());
    all.addBytes(PAYMENT_EVENTS, Events.payment(ACCOUNT, "malformed", 1).build());
    all.addBytes(ACCOUNT_EVENTS, Events.grant(ACCOUNT, "malformed", 1).build());
    all.addBytes(AUTHORIZATION_REQUESTS, authorization());
    all.addBytes(PRICE_BOOK, Events.prices(ACCOUNT, 1, "alias"));
    all.addBytes(ACCESS_POLICIES, Events.policy(ACCOUNT));
    all.addKeys();
    all.addUsage();
    all.addPayments();
    all.addAccountEvents();
    all.addPrices();
    all.addPolicies();
    return all.kinds;
  }

  private static AuthorizationRequested authorization() {
    return AuthorizationRequested.newBuilder()
        .setAuthorizationId("malformed")
        .setAccountId(ACCOUNT)
        .setRequestedAt(START)
        .setModel(Events.MODEL)
        .build();
  }

  static String accountOf(int partition) {
    for (int i = 0; ; i++) {
      if (Accounts.home("acct-" + i, PARTITIONS) == partition) {
        return "acct-" + i;
      }
    }
  }

  private void add(
      TopicSpec topic,
      String name,
      byte @Nullable [] key,
      byte @Nullable [] value,
      RejectionReason reason) {
    kinds.add(new Kind(topic, name, key, value, reason));
  }

  private void malformed(TopicSpec topic, String name, SpecificRecord event) {
    add(topic, name, event, RejectionReason.MALFORMED);
  }

  private void tooLarge(TopicSpec topic, String name, SpecificRecord event) {
    add(topic, name, event, RejectionReason.LIMIT_EXCEEDED);
  }

  private void add(TopicSpec topic, String name, SpecificRecord event, RejectionReason reason) {
    byte[] key = TopologyDriver.utf8(TopologyDriver.keyOf(topic, event));
    add(topic, name, key, EventCodec.encode(event), reason);
  }

  /** What is no record at all, or none that belongs here. */
  private void addBytes(TopicSpec topic, SpecificRecord event) {
    byte[] sound = EventCodec.encode(event);
    byte[] header = Arrays.copyOf(sound, EventCodec.HEADER_LENGTH);
    Map<String, byte[]> values = new HashMap<>();
    values.put("no bytes", new byte[0]);
    values.put("one byte", new byte[] {(byte) 0xC3});
    values.put("the marker alone", Arrays.copyOf(sound, 2));
    values.put("the header alone", header);
    values.put("cut in half", Arrays.copyOf(sound, sound.length / 2));
    values.put("without its last byte", Arrays.copyOf(sound, sound.length - 1));
    values.put("one byte too many", Arrays.copyOf(sound, sound.length + 1));
    values.put("twice in one value", concat(sound, sound));
    values.put("random bytes", random(200));
    values.put("1 MB of random bytes", random(MEGABYTE));
    values.put("1 MB of zeros", new byte[MEGABYTE]);
    values.put("random bytes behind a header", concat(header, random(200)));
    values.put("1 MB of zeros behind a header", concat(header, new byte[MEGABYTE]));
    values.put("ones behind a header", concat(header, filled(200, (byte) 0xFF)));
    values.put("another marker", withByte(sound, 0, (byte) 0xC2));
    values.put("a schema that nobody knows", withByte(sound, 5, (byte) (sound[5] + 1)));
    values.put("the fingerprint in the other byte order", reversedFingerprint(sound));
    values.put("JSON", event.toString().getBytes(StandardCharsets.UTF_8));
    values.put("the wire format of a schema registry", concat(new byte[] {0, 0, 0, 0, 1}, sound));
    values.put("an Avro object container file", concat(new byte[] {'O', 'b', 'j', 1}, sound));
    values.put("a record of an output", EventCodec.encode(LedgerEntry.newBuilder().build()));
    values.put("a clock tick", EventCodec.encode(Events.tick(START)));
    values.put("a string of a negative length", concat(header, new byte[] {1}));
    values.put("a string longer than memory", concat(header, varint(Long.MAX_VALUE)));
    values.put("a string of 2 GB", concat(header, varint(Integer.MAX_VALUE)));
    values.put("a number that does not end", concat(header, filled(11, (byte) 0x80)));
    values.put("a string that is not UTF-8", concat(header, new byte[] {4, (byte) 0xC3, 0x28}));
    // Sorted, so that a kind has the same place in every run.
    values.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            kind ->
                add(
                    topic,
                    kind.getKey(),
                    TopologyDriver.utf8(ACCOUNT),
                    kind.getValue(),
                    RejectionReason.UNDECODABLE));
  }

  private void addKeys() {
    SpecificRecord payment = Events.payment(ACCOUNT, "malformed", 1).build();
    byte[] value = EventCodec.encode(payment);
    byte[] prices = EventCodec.encode(Events.prices(ACCOUNT));
    Map<TopicSpec, byte[]> sound = Map.of(PAYMENT_EVENTS, value, PRICE_BOOK, prices);
    List.of(PAYMENT_EVENTS, PRICE_BOOK)
        .forEach(
            topic -> {
              byte[] event = sound.get(topic);
              add(topic, "a key of another", bytes("other"), event, RejectionReason.MISROUTED);
              add(
                  topic,
                  "a key that only begins like it",
                  bytes(ACCOUNT + "\0"),
                  event,
                  RejectionReason.MISROUTED);
              add(
                  topic,
                  "a key that is not UTF-8",
                  new byte[] {(byte) 0xFF, (byte) 0xFE},
                  event,
                  RejectionReason.MISROUTED);
            });
    add(PAYMENT_EVENTS, "an empty key", new byte[0], value, RejectionReason.MISROUTED);
    add(PRICE_BOOK, "an empty key", new byte[0], prices, RejectionReason.MALFORMED);
    add(PAYMENT_EVENTS, "no key", null, value, RejectionReason.MISROUTED);
    add(PRICE_BOOK, "no key", null, prices, RejectionReason.MALFORMED);
    add(PRICE_BOOK, "neither key nor value", null, null, RejectionReason.MALFORMED);
    String stranger = accountOf(1);
    add(
        PAYMENT_EVENTS,
        "the wrong partition",
        Events.payment(stranger, "p", 1).build(),
        RejectionReason.MISROUTED);
    add(
        USAGE_EVENTS,
        "the wrong partition",
        Events.usage(stranger, "u").build(),
        RejectionReason.MISROUTED);
    for (TopicSpec topic :
        List.of(USAGE_EVENTS, AUTHORIZATION_REQUESTS, PAYMENT_EVENTS, ACCOUNT_EVENTS)) {
      add(topic, "no value", bytes(ACCOUNT), null, RejectionReason.MALFORMED);
      add(topic, "neither key nor value", null, null, RejectionReason.MALFORMED);
    }
  }

  private void addUsage() {
    malformed(USAGE_EVENTS, "no account", Events.usage("", "u").build());
    malformed(USAGE_EVENTS, "no event id", Events.usage(ACCOUNT, "").build());
    malformed(USAGE_EVENTS, "no model", usage().setModel("").build());
    malformed(USAGE_EVENTS, "no tier", usage().setServiceTier("").build());
    malformed(USAGE_EVENTS, "negative input", usage().setInputTokens(-1).build());
    malformed(USAGE_EVENTS, "negative cached", usage().setCachedInputTokens(-1).build());
    malformed(USAGE_EVENTS, "negative cache write", usage().setCacheWriteTokens(-1).build());
    malformed(USAGE_EVENTS, "least output", usage().setOutputTokens(Long.MIN_VALUE).build());
    malformed(USAGE_EVENTS, "a negative meter", usage().setOtherUnits(Map.of("m", -1L)).build());
    malformed(USAGE_EVENTS, "a meter without name", usage().setOtherUnits(Map.of("", 1L)).build());
    malformed(
        USAGE_EVENTS,
        "input among the other meters",
        usage().setOtherUnits(Map.of("input", 1L)).build());
    malformed(USAGE_EVENTS, "a 1 MB meter", usage().setOtherUnits(Map.of(LONG, 1L)).build());
    malformed(USAGE_EVENTS, "a 1 MB model", usage().setModel(LONG).build());
    malformed(USAGE_EVENTS, "a 1 MB capability", usage().setCapabilities(List.of(LONG)).build());
    malformed(USAGE_EVENTS, "an empty capability", usage().setCapabilities(List.of("")).build());
    malformed(USAGE_EVENTS, "an empty project", usage().setProjectId("").build());
    malformed(USAGE_EVENTS, "an empty authorization", usage().setAuthorizationId("").build());
    malformed(USAGE_EVENTS, "before 1970", usage().setOccurredAt(Instant.ofEpochMilli(-1)).build());
    malformed(USAGE_EVENTS, "the year 10000", usage().setOccurredAt(YEAR_10000).build());
    malformed(
        USAGE_EVENTS,
        "the first time there is",
        usage().setOccurredAt(Instant.ofEpochMilli(Long.MIN_VALUE)).build());
    malformed(
        USAGE_EVENTS,
        "the last time there is",
        usage().setOccurredAt(Instant.ofEpochMilli(Long.MAX_VALUE)).build());
    tooLarge(USAGE_EVENTS, "a 1 MB id", Events.usage(ACCOUNT, LONG).build());
    tooLarge(
        USAGE_EVENTS, "an id of 257 bytes", Events.usage(ACCOUNT, "é".repeat(128) + "x").build());
    tooLarge(USAGE_EVENTS, "a 1 MB API key", usage().setApiKeyId(LONG).build());
    tooLarge(USAGE_EVENTS, "65 capabilities", usage().setCapabilities(names(65)).build());
    tooLarge(USAGE_EVENTS, "100,000 capabilities", usage().setCapabilities(names(100_000)).build());
    tooLarge(USAGE_EVENTS, "65 meters", usage().setOtherUnits(meters(65)).build());
    add(
        USAGE_EVENTS,
        "more tokens than can be counted",
        usage().setInputTokens(Long.MAX_VALUE).setCachedInputTokens(1).build(),
        RejectionReason.OVERFLOW);
    add(
        USAGE_EVENTS,
        "a cost beyond all money",
        usage().setInputTokens(Long.MAX_VALUE).build(),
        RejectionReason.OVERFLOW);
    add(USAGE_EVENTS, "an unknown model", usage().setModel("?").build(), RejectionReason.UNPRICED);
    add(
        USAGE_EVENTS,
        "a meter without price",
        usage().setOtherUnits(Map.of("image", 1L)).build(),
        RejectionReason.UNPRICED);
    add(
        USAGE_EVENTS,
        "a tier without price",
        usage().setServiceTier("flex").build(),
        RejectionReason.UNPRICED);
    add(
        USAGE_EVENTS,
        "too late",
        usage().setOccurredAt(START.minus(Duration.ofDays(36))).build(),
        RejectionReason.TOO_LATE);
    add(
        USAGE_EVENTS,
        "in the future",
        usage().setOccurredAt(START.plus(Duration.ofHours(2))).build(),
        RejectionReason.IN_THE_FUTURE);
  }

  private static io.tollgate.events.UsageEvent.Builder usage() {
    return Events.usage(ACCOUNT, "malformed");
  }

  private void addPayments() {
    malformed(PAYMENT_EVENTS, "no account", Events.payment("", "p", 1).build());
    malformed(PAYMENT_EVENTS, "no payment id", Events.payment(ACCOUNT, "", 1).build());
    malformed(PAYMENT_EVENTS, "no amount", Events.payment(ACCOUNT, "p", 0).build());
    malformed(PAYMENT_EVENTS, "a negative amount", Events.payment(ACCOUNT, "p", -1).build());
    malformed(
        PAYMENT_EVENTS,
        "the least amount there is",
        Events.payment(ACCOUNT, "p", 1).setAmountNanos(Long.MIN_VALUE).build());
    malformed(
        PAYMENT_EVENTS, "no currency", Events.payment(ACCOUNT, "p", 1).setCurrency("").build());
    malformed(
        PAYMENT_EVENTS,
        "a currency in small letters",
        Events.payment(ACCOUNT, "p", 1).setCurrency("usd").build());
    malformed(
        PAYMENT_EVENTS,
        "a 1 MB currency",
        Events.payment(ACCOUNT, "p", 1).setCurrency(LONG).build());
    malformed(
        PAYMENT_EVENTS,
        "the year 10000",
        Events.payment(ACCOUNT, "p", 1).setOccurredAt(YEAR_10000).build());
    add(
        PAYMENT_EVENTS,
        "another currency than the account's",
        Events.payment(ACCOUNT, "p", 1).setCurrency("EUR").build(),
        RejectionReason.CURRENCY_MISMATCH);
    add(
        PAYMENT_EVENTS,
        "more money than there can be",
        Events.payment(ACCOUNT, "p", 1).setAmountNanos(Long.MAX_VALUE).build(),
        RejectionReason.OVERFLOW);
  }

  private void addAccountEvents() {
    malformed(ACCOUNT_EVENTS, "a grant without id", Events.grant(ACCOUNT, "", 1).build());
    malformed(ACCOUNT_EVENTS, "a grant of nothing", Events.grant(ACCOUNT, "g", 0).build());
    malformed(
        ACCOUNT_EVENTS,
        "a grant from the year 10000",
        Events.grant(ACCOUNT, "g", 1).setEffectiveAt(YEAR_10000).build());
    malformed(
        ACCOUNT_EVENTS,
        "a grant until before 1970",
        Events.grant(ACCOUNT, "g", 1).setExpiresAt(Instant.ofEpochMilli(-1)).build());
    tooLarge(
        ACCOUNT_EVENTS, "a 1 MB reason", Events.grant(ACCOUNT, "g", 1).setReason(LONG).build());
    tooLarge(ACCOUNT_EVENTS, "a 1 MB grant id", Events.grant(ACCOUNT, LONG, 1).build());
    malformed(
        ACCOUNT_EVENTS,
        "a void of nothing",
        CreditVoided.newBuilder().setAccountId(ACCOUNT).setOccurredAt(START).build());
    malformed(ACCOUNT_EVENTS, "a target below the threshold", Events.autoRecharge(ACCOUNT, 10, 5));
    malformed(
        ACCOUNT_EVENTS,
        "a negative monthly limit",
        AutoRechargeConfigured.newBuilder(Events.autoRecharge(ACCOUNT, 5, 10))
            .setMonthlyLimitNanos(-1L)
            .build());
    malformed(ACCOUNT_EVENTS, "an alert level of 0", levels(List.of(0L)));
    malformed(ACCOUNT_EVENTS, "a negative alert level", levels(List.of(5L, -5L)));
    tooLarge(ACCOUNT_EVENTS, "65 alert levels", levels(Collections.nCopies(65, 1L)));
    malformed(
        ACCOUNT_EVENTS,
        "a negative overdraft",
        OverdraftConfigured.newBuilder()
            .setAccountId(ACCOUNT)
            .setLimitNanos(-1)
            .setOccurredAt(START)
            .build());
    malformed(
        ACCOUNT_EVENTS,
        "an unknown currency",
        AccountOpened.newBuilder()
            .setAccountId(ACCOUNT)
            .setCurrency("???")
            .setOpenedAt(START)
            .build());
    tooLarge(
        ACCOUNT_EVENTS,
        "a 1 MB country",
        AccountOpened.newBuilder()
            .setAccountId(ACCOUNT)
            .setCountry(LONG)
            .setOpenedAt(START)
            .build());
    add(
        ACCOUNT_EVENTS,
        "another currency when money has moved",
        AccountOpened.newBuilder()
            .setAccountId(ACCOUNT)
            .setCurrency("EUR")
            .setOpenedAt(START)
            .build(),
        RejectionReason.CURRENCY_MISMATCH);
    malformed(
        ACCOUNT_EVENTS,
        "an empty identity",
        VerificationUpdated.newBuilder(Events.verified(ACCOUNT)).setIdentityHash("").build());
    malformed(
        ACCOUNT_EVENTS,
        "suspended in the year 10000",
        io.tollgate.events.AccountSuspended.newBuilder()
            .setAccountId(ACCOUNT)
            .setOccurredAt(YEAR_10000)
            .build());
  }

  private static AlertLevelsConfigured levels(List<Long> levels) {
    return AlertLevelsConfigured.newBuilder()
        .setAccountId(ACCOUNT)
        .setLevelsNanos(levels)
        .setOccurredAt(START)
        .build();
  }

  private void addPrices() {
    malformed(PRICE_BOOK, "no model", Events.prices(""));
    malformed(PRICE_BOOK, "a 1 MB model", Events.prices(LONG));
    malformed(PRICE_BOOK, "an empty alias", Events.prices(ACCOUNT, 1, ""));
    malformed(PRICE_BOOK, "a 1 MB alias", Events.prices(ACCOUNT, 1, LONG));
    malformed(PRICE_BOOK, "a negative price", Events.prices(ACCOUNT, -1));
    malformed(PRICE_BOOK, "the least price there is", Events.prices(ACCOUNT, Long.MIN_VALUE));
    malformed(PRICE_BOOK, "a negative band", prices(row().setMinInputTokens(-1).build()));
    malformed(PRICE_BOOK, "a meter without name", prices(row().setMeter("").build()));
    malformed(PRICE_BOOK, "a tier without name", prices(row().setServiceTier("").build()));
    malformed(
        PRICE_BOOK, "from the year 10000", prices(row().setEffectiveFrom(YEAR_10000).build()));
    tooLarge(PRICE_BOOK, "65 aliases", Events.prices(ACCOUNT, 1, names(65).toArray(String[]::new)));
    ModelPrices rows = prices(row().build());
    rows.setRows(Collections.nCopies(4_097, row().build()));
    tooLarge(PRICE_BOOK, "4,097 rows", rows);
  }

  private static PriceRow.Builder row() {
    return PriceRow.newBuilder().setMeter("input").setEffectiveFrom(Instant.EPOCH);
  }

  private static ModelPrices prices(PriceRow row) {
    return ModelPrices.newBuilder(Events.prices(ACCOUNT)).setRows(List.of(row)).build();
  }

  private void addPolicies() {
    malformed(ACCESS_POLICIES, "no model", Events.policy(""));
    malformed(ACCESS_POLICIES, "no capability", policy(requirement().setCapability("").build()));
    malformed(ACCESS_POLICIES, "no policy id", policy(requirement().setPolicyId("").build()));
    malformed(
        ACCESS_POLICIES, "a 1 MB capability", policy(requirement().setCapability(LONG).build()));
    malformed(
        ACCESS_POLICIES,
        "until the year 10000",
        policy(requirement().setEffectiveUntil(YEAR_10000).build()));
    tooLarge(ACCESS_POLICIES, "a 1 MB policy id", policy(requirement().setPolicyId(LONG).build()));
    ModelAccessPolicy many = Events.policy(ACCOUNT);
    many.setRequirements(Collections.nCopies(65, requirement().build()));
    tooLarge(ACCESS_POLICIES, "65 requirements", many);
    byte[] other = EventCodec.encode(Events.policy("other"));
    add(ACCESS_POLICIES, "a key of another", bytes(ACCOUNT), other, RejectionReason.MISROUTED);
  }

  private static AccessRequirement.Builder requirement() {
    return AccessRequirement.newBuilder(Events.policy(ACCOUNT).getRequirements().get(0));
  }

  private static ModelAccessPolicy policy(AccessRequirement requirement) {
    return ModelAccessPolicy.newBuilder(Events.policy(ACCOUNT))
        .setRequirements(List.of(requirement))
        .build();
  }

  private static List<String> names(int count) {
    return IntStream.range(0, count).mapToObj(i -> "n" + i).toList();
  }

  private static Map<String, Long> meters(int count) {
    return names(count).stream().collect(Collectors.toMap(name -> name, name -> 1L));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private static byte[] filled(int length, byte value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, value);
    return bytes;
  }

  private static byte[] withByte(byte[] bytes, int index, byte value) {
    byte[] changed = bytes.clone();
    changed[index] = value;
    return changed;
  }

  private static byte[] concat(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static byte[] reversedFingerprint(byte[] bytes) {
    long fingerprint = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(2);
    byte[] changed = bytes.clone();
    ByteBuffer.wrap(changed).putLong(2, fingerprint);
    return changed;
  }

  /** A length as Avro writes it. */
  private static byte[] varint(long value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    long zigzag = (value << 1) ^ (value >> 63);
    while ((zigzag & ~0x7FL) != 0) {
      out.write((int) ((zigzag & 0x7F) | 0x80));
      zigzag >>>= 7;
    }
    out.write((int) zigzag);
    return out.toByteArray();
  }
}
