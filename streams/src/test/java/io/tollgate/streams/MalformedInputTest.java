package io.tollgate.streams;

import static io.tollgate.schemas.topics.TopicCatalogue.ACCESS_POLICIES;
import static io.tollgate.schemas.topics.TopicCatalogue.ACCOUNT_EVENTS;
import static io.tollgate.schemas.topics.TopicCatalogue.AUTHORIZATION_REQUESTS;
import static io.tollgate.schemas.topics.TopicCatalogue.LEDGER_ENTRIES;
import static io.tollgate.schemas.topics.TopicCatalogue.PAYMENT_EVENTS;
import static io.tollgate.schemas.topics.TopicCatalogue.PRICE_BOOK;
import static io.tollgate.schemas.topics.TopicCatalogue.REFERENCE;
import static io.tollgate.schemas.topics.TopicCatalogue.REJECTED_EVENTS;
import static io.tollgate.schemas.topics.TopicCatalogue.USAGE_EVENTS;
import static io.tollgate.streams.MalformedKinds.ACCOUNT;
import static io.tollgate.streams.fixture.Events.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.events.LedgerEntry;
import io.tollgate.events.RejectedEvent;
import io.tollgate.schemas.serde.EventCodec;
import io.tollgate.schemas.topics.Direction;
import io.tollgate.schemas.topics.TopicCatalogue;
import io.tollgate.schemas.topics.TopicSpec;
import io.tollgate.streams.MalformedKinds.Kind;
import io.tollgate.streams.fixture.Accounts;
import io.tollgate.streams.fixture.Events;
import io.tollgate.streams.fixture.Output;
import io.tollgate.streams.fixture.TopologyDriver;
import io.tollgate.streams.state.ReferenceStore;
import io.tollgate.streams.state.StateBackend;
import io.tollgate.streams.topology.RegistryTopology;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No record stops a partition: each kind of malformed input becomes one RejectedEvent, has no other
 * effect, and the next good event is processed. All kinds go through the same two tasks.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MalformedInputTest {

  private static final int MAX_VALUE_BYTES = 64 * 1024;

  private final Map<TopicSpec, Long> offsets = new HashMap<>();
  private int goodEvents;

  private final TopologyDriver accounts;
  private final TopologyDriver registry;

  MalformedInputTest(@TempDir Path directory) {
    accounts =
        new TopologyDriver(
            Accounts.topology(Accounts.settings(MalformedKinds.PARTITIONS)),
            Accounts.NAMES,
            directory.resolve("accounts"));
    registry =
        new TopologyDriver(
            new RegistryTopology(Accounts.NAMES, StateBackend.MEMORY, Set.of()),
            Accounts.NAMES,
            directory.resolve("registry"));
  }

  @BeforeAll
  void start() {
    accounts.addBytes(
        REFERENCE,
        ReferenceStore.key("price-book", Events.MODEL),
        EventCodec.encode(Events.prices(Events.MODEL)));
    addGood(PAYMENT_EVENTS);
  }

  @AfterAll
  void stop() {
    accounts.close();
    registry.close();
  }

  static List<Kind> kinds() {
    return MalformedKinds.all();
  }

  @Test
  void shouldKnowAHundredKindsByDistinctNames() {
    assertThat(kinds()).hasSizeGreaterThanOrEqualTo(100);
    assertThat(kinds()).extracting(Kind::toString).doesNotHaveDuplicates();
    assertThat(kinds())
        .extracting(Kind::topic)
        .contains(
            USAGE_EVENTS,
            AUTHORIZATION_REQUESTS,
            PAYMENT_EVENTS,
            ACCOUNT_EVENTS,
            PRICE_BOOK,
            ACCESS_POLICIES);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void shouldRejectItAndGoOn(Kind kind) {
    long offset = add(kind.topic(), kind.key(), kind.value());

    List<Output> outputs = readAll(kind.topic());
    assertThat(outputs).as("one RejectedEvent and nothing else").hasSize(1);
    Output output = outputs.get(0);
    assertThat(output.topic()).isEqualTo(REJECTED_EVENTS);
    assertThat(output.time()).isEqualTo(START);
    assertThat(output.key()).isEqualTo(beginning(text(kind.key())));
    RejectedEvent rejected = output.as(RejectedEvent.class);
    assertThat(rejected.getReason()).as(rejected.getDetail()).isEqualTo(kind.reason());
    assertThat(rejected.getSourceTopic()).isEqualTo(kind.topic().name());
    assertThat(rejected.getSourcePartition()).isZero();
    assertThat(rejected.getSourceOffset()).isEqualTo(offset);
    assertThat(rejected.getRejectedAt()).isEqualTo(START);
    assertThat(rejected.getDetail()).isNotBlank().hasSizeLessThan(8_192);
    assertSource(rejected, kind);
    assertThat(output.valueBytes()).isLessThan(2 * MAX_VALUE_BYTES);

    assertGoodEventIsProcessed(kind.topic());
  }

  /** A huge key would make a rejection larger than any record may be. */
  private static @Nullable String beginning(@Nullable String key) {
    return key == null || key.length() <= 1024 ? key : key.substring(0, 1024);
  }

  private static void assertSource(RejectedEvent rejected, Kind kind) {
    String key = text(kind.key());
    if (key == null) {
      assertThat(rejected.getSourceKey()).isNull();
    } else {
      assertThat(key).startsWith(rejected.getSourceKey());
      assertThat(rejected.getSourceKey()).hasSize(Math.min(key.length(), 1024));
    }
    byte[] value = kind.value();
    if (value == null) {
      assertThat(rejected.getSourceValue()).isEqualTo(ByteBuffer.allocate(0));
      assertThat(rejected.getSourceLength()).isZero();
      return;
    }
    assertThat(rejected.getSourceLength()).isEqualTo(value.length);
    assertThat(rejected.getSourceValue())
        .isEqualTo(ByteBuffer.wrap(Arrays.copyOf(value, Math.min(value.length, MAX_VALUE_BYTES))));
    if (value.length > MAX_VALUE_BYTES) {
      assertThat(rejected.getDetail()).contains(sha256(value)).contains("" + value.length);
    } else {
      assertThat(rejected.getDetail()).doesNotContain(sha256(value));
    }
  }

  /** Bytes that are nearly right: whatever they turn out to be, nothing stops. */
  @Test
  void shouldSurviveDamageToAnyByte() {
    Random random = new Random(1);
    List<SpecificRecord> sound =
        List.of(
            Events.usage(ACCOUNT, "damaged").setProjectId("p").build(),
            Events.payment(ACCOUNT, "damaged", 1).setCardFingerprint("c").build(),
            Events.grant(ACCOUNT, "damaged", 1).setReason("r").build(),
            Events.prices("m", 1, "alias"),
            Events.policy("m"));
    int rejections = 0;
    for (SpecificRecord event : sound) {
      TopicSpec topic =
          TopicCatalogue.all().stream()
              .filter(candidate -> candidate.recordSet().contains(event.getSchema()))
              .findFirst()
              .orElseThrow();
      byte[] value = EventCodec.encode(event);
      byte[] key = TopologyDriver.utf8(TopologyDriver.keyOf(topic, event));
      for (int i = 0; i < 400; i++) {
        byte[] damaged = value.clone();
        for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
          damaged[10 + random.nextInt(value.length - 10)] ^= (byte) (1 << random.nextInt(8));
        }
        add(topic, key, damaged);
        rejections +=
            readAll(topic).stream().anyMatch(output -> output.topic().equals(REJECTED_EVENTS))
                ? 1
                : 0;
      }
      assertGoodEventIsProcessed(topic);
    }
    assertThat(rejections).isGreaterThan(1_000);
  }

  private void assertGoodEventIsProcessed(TopicSpec topic) {
    addGood(topic);
    if (isOfModels(topic)) {
      assertThat(registry.read(REFERENCE)).hasSize(1);
      assertThat(registry.read(REJECTED_EVENTS)).isEmpty();
    } else {
      assertThat(accounts.read(LEDGER_ENTRIES, LedgerEntry.class))
          .singleElement()
          .satisfies(entry -> assertThat(entry.getCause().getId()).isEqualTo("good-" + goodEvents));
      assertThat(accounts.read(REJECTED_EVENTS)).isEmpty();
    }
    readAll(topic);
  }

  private void addGood(TopicSpec topic) {
    String id = "good-" + ++goodEvents;
    if (topic.equals(USAGE_EVENTS)) {
      add(topic, Events.usage(ACCOUNT, id).build());
    } else if (topic.equals(ACCOUNT_EVENTS)) {
      add(topic, Events.grant(ACCOUNT, id, 1).build());
    } else if (topic.equals(PRICE_BOOK)) {
      add(topic, Events.prices(id));
    } else if (topic.equals(ACCESS_POLICIES)) {
      add(topic, Events.policy(id));
    } else {
      add(PAYMENT_EVENTS, Events.payment(ACCOUNT, id, 1).build());
    }
    if (goodEvents == 1) {
      readAll(topic);
    }
  }

  private void add(TopicSpec topic, SpecificRecord event) {
    byte[] key = TopologyDriver.utf8(TopologyDriver.keyOf(topic, event));
    add(topic, key, EventCodec.encode(event));
  }

  /** Returns the record's offset. */
  private long add(TopicSpec topic, byte @Nullable [] key, byte @Nullable [] value) {
    (isOfModels(topic) ? registry : accounts).at(START).addBytes(topic, key, value);
    return offsets.merge(topic, 1L, Long::sum) - 1;
  }

  private List<Output> readAll(TopicSpec source) {
    List<Output> all = new ArrayList<>();
    if (isOfModels(source)) {
      all.addAll(registry.read(REFERENCE));
      all.addAll(registry.read(REJECTED_EVENTS));
      return all;
    }
    for (TopicSpec topic : TopicCatalogue.all()) {
      if (topic.direction() == Direction.OUT) {
        all.addAll(accounts.read(topic));
      }
    }
    return all;
  }

  private static boolean isOfModels(TopicSpec topic) {
    return topic.equals(PRICE_BOOK) || topic.equals(ACCESS_POLICIES);
  }

  private static @Nullable String text(byte @Nullable [] utf8) {
    return utf8 == null ? null : new String(utf8, StandardCharsets.UTF_8);
  }

  private static String sha256(byte[] value) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(value));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
