package io.tollgate.streams.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.domain.codec.CorruptStateException;
import io.tollgate.domain.identity.GrantRecord;
import io.tollgate.domain.identity.PaymentRecord;
import io.tollgate.streams.fixture.HeapStores;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForeverStoreTest {

  /** What separators, lengths and kinds might be confused with, in one to four bytes of UTF-8. */
  private static final List<String> AWKWARD =
      List.of(
          "\0",
          "\u0001",
          "\u0002",
          ":",
          "/",
          " ",
          "a",
          "\u007f",
          "\u0080",
          "é",
          "\uffff",
          "\ud83d\ude00",
          "\u200b",
          "\\",
          "\"",
          "\n");

  private final KeyValueStore<Bytes, byte[]> store = HeapStores.create(StateStores.PAYMENTS);
  private final ForeverStore forever = new ForeverStore(store);

  private record Key(String accountId, String id) {}

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void shouldNeverConfuseTwoKeys(long seed) {
    Random random = new Random(seed);
    Map<Key, PaymentRecord> payments = new HashMap<>();
    Map<Key, GrantRecord> grants = new HashMap<>();
    for (int i = 0; i < 5_000; i++) {
      Key key = new Key(awkward(random), awkward(random));
      if (random.nextBoolean()) {
        PaymentRecord payment = payment(random);
        forever.put(key.accountId(), key.id(), payment);
        payments.put(key, payment);
      } else {
        GrantRecord grant =
            new GrantRecord(
                random.nextBoolean() ? random.nextLong() : null,
                random.nextBoolean() ? random.nextLong() : null);
        forever.put(key.accountId(), key.id(), grant);
        grants.put(key, grant);
      }
      Key asked = new Key(awkward(random), awkward(random));
      assertThat(forever.payment(asked.accountId(), asked.id())).isEqualTo(payments.get(asked));
      assertThat(forever.grant(asked.accountId(), asked.id())).isEqualTo(grants.get(asked));
    }
    payments.forEach(
        (key, payment) ->
            assertThat(forever.payment(key.accountId(), key.id())).isEqualTo(payment));
    grants.forEach(
        (key, grant) -> assertThat(forever.grant(key.accountId(), key.id())).isEqualTo(grant));
    assertThat(HeapStores.count(store)).isEqualTo(payments.size() + grants.size());
  }

  private static String awkward(Random random) {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(4);
    for (int i = 0; i < length; i++) {
      text.append(AWKWARD.get(random.nextInt(AWKWARD.size())));
    }
    // Lengths that take two bytes, too.
    return random.nextInt(10) == 0 ? text + "x".repeat(120 + random.nextInt(20)) : text.toString();
  }

  private static PaymentRecord payment(Random random) {
    return new PaymentRecord(
        random.nextLong(),
        random.nextLong(),
        random.nextLong(),
        random.nextLong(),
        random.nextBoolean() ? awkward(random) : null,
        random.nextBoolean() ? awkward(random) : null);
  }

  @Test
  void shouldKeepAPaymentAndAGrantOfOneIdApart() {
    PaymentRecord payment = new PaymentRecord(1, 2, 3, 4, null, "card");
    GrantRecord grant = new GrantRecord(5L, null);
    forever.put("a", "id", payment);
    forever.put("a", "id", grant);

    assertThat(forever.payment("a", "id")).isEqualTo(payment);
    assertThat(forever.grant("a", "id")).isEqualTo(grant);
  }

  @Test
  void shouldSayThatALaterFormatCannotBeRead() {
    forever.put("a", "id", new PaymentRecord(1, 2, 3, 4, null, null));
    overwrite((byte) 2);

    assertThatThrownBy(() -> forever.payment("a", "id"))
        .isInstanceOf(CorruptStateException.class)
        .hasMessageContaining("format 2");
  }

  @Test
  void shouldRefuseTrailingBytes() {
    forever.put("a", "id", new GrantRecord(1L, 2L));
    overwrite((byte) 1, (byte) 0, (byte) 0, (byte) 9);

    assertThatThrownBy(() -> forever.grant("a", "id")).isInstanceOf(CorruptStateException.class);
  }

  private void overwrite(byte... value) {
    Bytes key;
    try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
      KeyValue<Bytes, byte[]> only = all.next();
      key = only.key;
    }
    store.put(key, value);
  }
}
