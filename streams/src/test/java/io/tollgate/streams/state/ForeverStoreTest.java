package io.tollgate.streams.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.domain.codec.CorruptStateException;
import io.tollgate.domain.effect.Effect.Cause;
import io.tollgate.domain.event.AccountEvent.DisputeStatus;
import io.tollgate.domain.event.AccountEvent.DisputeUpdated;
import io.tollgate.domain.event.AccountEvent.PaymentRefunded;
import io.tollgate.domain.event.AccountEvent.RefundStatus;
import io.tollgate.domain.event.AccountEvent.Reversal;
import io.tollgate.domain.identity.GrantRecord;
import io.tollgate.domain.identity.PaymentRecord;
import io.tollgate.domain.identity.PaymentRecord.Reversed;
import io.tollgate.domain.identity.PhoneRecord;
import io.tollgate.domain.identity.Remembered;
import io.tollgate.domain.identity.ReversalRecord;
import io.tollgate.domain.identity.WaitingReversal;
import io.tollgate.streams.fixture.HeapStores;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
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

  private record Key(String accountId, Class<?> kind, String id) {}

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void shouldNeverConfuseTwoKeys(long seed) {
    Random random = new Random(seed);
    Map<Key, Remembered> kept = new HashMap<>();
    for (int i = 0; i < 5_000; i++) {
      String accountId = awkward(random);
      Remembered remembered = remembered(random, random.nextInt(8));
      forever.put(accountId, remembered);
      kept.put(new Key(accountId, remembered.getClass(), id(remembered)), remembered);
      String asked = awkward(random);
      String id = awkward(random);
      for (Class<?> kind : Remembered.class.getPermittedSubclasses()) {
        assertThat(read(asked, kind, id)).isEqualTo(kept.get(new Key(asked, kind, id)));
      }
    }
    kept.forEach(
        (key, remembered) ->
            assertThat(read(key.accountId(), key.kind(), key.id())).isEqualTo(remembered));
    assertThat(HeapStores.count(store)).isEqualTo(kept.size());
  }

  private static Remembered remembered(Random random, int kind) {
    String id = awkward(random);
    return switch (kind) {
      case 0 -> new Remembered.Payment(id, payment(random));
      case 1 ->
          new Remembered.Grant(
              id,
              new GrantRecord(
                  random.nextBoolean() ? random.nextLong() : null,
                  random.nextBoolean() ? random.nextLong() : null));
      case 2 -> new Remembered.Refund(id, reversal(random, RefundStatus.values()));
      case 3 -> new Remembered.Dispute(id, reversal(random, DisputeStatus.values()));
      case 4 -> new Remembered.RefundRequest(id, random.nextLong());
      case 5 -> new Remembered.Decline(id, random.nextLong());
      case 6 ->
          new Remembered.Phone(
              id,
              new PhoneRecord(
                  random.nextLong(), awkward(random), random.nextLong(), random.nextBoolean()));
      default -> new Remembered.Waiting(id, List.of(waiting(random), waiting(random)));
    };
  }

  private static String id(Remembered remembered) {
    try {
      return (String)
          remembered.getClass().getRecordComponents()[0].getAccessor().invoke(remembered);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(remembered.toString(), e);
    }
  }

  private @Nullable Remembered read(String accountId, Class<?> kind, String id) {
    if (kind == Remembered.Payment.class) {
      PaymentRecord payment = forever.payment(accountId, id);
      return payment == null ? null : new Remembered.Payment(id, payment);
    } else if (kind == Remembered.Grant.class) {
      GrantRecord grant = forever.grant(accountId, id);
      return grant == null ? null : new Remembered.Grant(id, grant);
    } else if (kind == Remembered.Refund.class) {
      ReversalRecord<RefundStatus> refund = forever.refund(accountId, id);
      return refund == null ? null : new Remembered.Refund(id, refund);
    } else if (kind == Remembered.Dispute.class) {
      ReversalRecord<DisputeStatus> dispute = forever.dispute(accountId, id);
      return dispute == null ? null : new Remembered.Dispute(id, dispute);
    } else if (kind == Remembered.RefundRequest.class) {
      Long digest = forever.refundRequest(accountId, id);
      return digest == null ? null : new Remembered.RefundRequest(id, digest);
    } else if (kind == Remembered.Decline.class) {
      Long digest = forever.decline(accountId, id);
      return digest == null ? null : new Remembered.Decline(id, digest);
    } else if (kind == Remembered.Waiting.class) {
      List<WaitingReversal> waiting = forever.waiting(accountId, id);
      return waiting.isEmpty() ? null : new Remembered.Waiting(id, waiting);
    }
    if (kind == Remembered.Phone.class) {
      PhoneRecord phone = forever.phone(accountId, id);
      return phone == null ? null : new Remembered.Phone(id, phone);
    }
    return null; // usage is remembered elsewhere
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
        random.nextLong(),
        random.nextBoolean() ? awkward(random) : null,
        random.nextBoolean() ? awkward(random) : null,
        new Reversed(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong()),
        random.nextBoolean() ? List.of() : List.of(awkward(random), awkward(random)));
  }

  private static <S extends Enum<S>> ReversalRecord<S> reversal(Random random, S[] statuses) {
    ReversalRecord<S> reversal = ReversalRecord.of(awkward(random));
    for (S status : statuses) {
      if (random.nextBoolean()) {
        reversal = reversal.claimed(status, random.nextLong());
      }
      if (random.nextBoolean()) {
        reversal = reversal.raised(status, random.nextLong(), random.nextLong());
      }
    }
    return reversal;
  }

  private static <T> T any(Random random, T[] of) {
    return of[random.nextInt(of.length)];
  }

  private static WaitingReversal waiting(Random random) {
    String id = awkward(random);
    Reversal reversal =
        random.nextBoolean()
            ? new PaymentRefunded(
                id,
                awkward(random),
                awkward(random),
                random.nextLong(),
                any(random, RefundStatus.values()),
                random.nextLong())
            : new DisputeUpdated(
                id,
                awkward(random),
                awkward(random),
                random.nextLong(),
                any(random, DisputeStatus.values()),
                random.nextLong());
    return new WaitingReversal(
        reversal, new Cause("payment-events", id, random.nextInt(), random.nextLong()));
  }

  @Test
  void shouldForgetWhatWaitedOncePaymentHasCome() {
    forever.put("a", new Remembered.Waiting("p", List.of(waiting(new Random(1)))));
    assertThat(forever.waiting("a", "p")).hasSize(1);

    forever.put("a", new Remembered.Waiting("p", List.of()));

    assertThat(forever.waiting("a", "p")).isEmpty();
    assertThat(HeapStores.count(store)).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void shouldFindPaymentsOfTheAccountAlone(long seed) {
    Random random = new Random(seed);
    Map<String, Set<Remembered.Payment>> payments = new HashMap<>();
    for (int i = 0; i < 500; i++) {
      String accountId = awkward(random);
      Remembered remembered = remembered(random, random.nextInt(7));
      forever.put(accountId, remembered);
      if (remembered instanceof Remembered.Payment payment) {
        Set<Remembered.Payment> known = payments.computeIfAbsent(accountId, id -> new HashSet<>());
        known.removeIf(other -> other.paymentId().equals(payment.paymentId()));
        known.add(payment);
      }
      payments.computeIfAbsent(accountId, id -> new HashSet<>());
    }
    payments.forEach(
        (accountId, expected) -> {
          Set<Remembered.Payment> seen = new HashSet<>();
          assertThat(forever.findPayment(accountId, payment -> !seen.add(payment))).isNull();
          assertThat(seen).isEqualTo(expected);
          for (Remembered.Payment payment : expected) {
            assertThat(forever.findPayment(accountId, payment::equals)).isEqualTo(payment);
          }
        });
  }

  @Test
  void shouldSayThatALaterFormatCannotBeRead() {
    forever.put("a", new Remembered.Payment("id", payment(new Random(1))));
    overwrite((byte) 2);

    assertThatThrownBy(() -> forever.payment("a", "id"))
        .isInstanceOf(CorruptStateException.class)
        .hasMessageContaining("format 2");
  }

  @Test
  void shouldRefuseTrailingBytes() {
    forever.put("a", new Remembered.Grant("id", new GrantRecord(1L, 2L)));
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
