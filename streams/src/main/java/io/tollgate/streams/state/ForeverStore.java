package io.tollgate.streams.state;

import io.tollgate.domain.codec.ByteReader;
import io.tollgate.domain.codec.ByteWriter;
import io.tollgate.domain.event.AccountEvent.DisputeStatus;
import io.tollgate.domain.event.AccountEvent.RefundStatus;
import io.tollgate.domain.identity.GrantRecord;
import io.tollgate.domain.identity.PaymentRecord;
import io.tollgate.domain.identity.PhoneRecord;
import io.tollgate.domain.identity.Remembered;
import io.tollgate.domain.identity.ReversalRecord;
import io.tollgate.domain.identity.WaitingReversal;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered for ever: payments with their declines, refunds and disputes, refund requests,
 * grants, phones. Keys are accountId ‖ kind ‖ id, so that all of an account lie together; never
 * part of the account's own value, which would grow without end.
 */
public final class ForeverStore {

  private static final int PAYMENT = 1;
  private static final int GRANT = 2;
  private static final int REFUND = 3;
  private static final int DISPUTE = 4;
  private static final int WAITING = 5;
  private static final int REFUND_REQUEST = 6;
  private static final int DECLINE = 7;
  private static final int PHONE = 8;

  private final KeyValueStore<Bytes, byte[]> store;

  public ForeverStore(KeyValueStore<Bytes, byte[]> store) {
    this.store = store;
  }

  public @Nullable PaymentRecord payment(String accountId, String paymentId) {
    return get(key(accountId, PAYMENT, paymentId), MemoryCodec::payment);
  }

  /** Reads the account's payments one after the other; null if none is like this. */
  public Remembered.@Nullable Payment findPayment(
      String accountId, Predicate<Remembered.Payment> wanted) {
    try (KeyValueIterator<Bytes, byte[]> payments =
        store.range(prefix(accountId, PAYMENT), prefix(accountId, PAYMENT + 1))) {
      while (payments.hasNext()) {
        KeyValue<Bytes, byte[]> next = payments.next();
        Remembered.Payment payment =
            new Remembered.Payment(
                id(next.key), MemoryCodec.decode(next.value, MemoryCodec::payment));
        if (wanted.test(payment)) {
          return payment;
        }
      }
      return null;
    }
  }

  public @Nullable ReversalRecord<RefundStatus> refund(String accountId, String refundId) {
    return get(key(accountId, REFUND, refundId), MemoryCodec::refund);
  }

  public @Nullable ReversalRecord<DisputeStatus> dispute(String accountId, String disputeId) {
    return get(key(accountId, DISPUTE, disputeId), MemoryCodec::dispute);
  }

  public List<WaitingReversal> waiting(String accountId, String paymentId) {
    List<WaitingReversal> waiting = get(key(accountId, WAITING, paymentId), MemoryCodec::waiting);
    return waiting == null ? List.of() : waiting;
  }

  public @Nullable Long refundRequest(String accountId, String refundRequestId) {
    return get(key(accountId, REFUND_REQUEST, refundRequestId), ByteReader::readFixed);
  }

  public @Nullable Long decline(String accountId, String declineId) {
    return get(key(accountId, DECLINE, declineId), ByteReader::readFixed);
  }

  public @Nullable GrantRecord grant(String accountId, String grantId) {
    return get(key(accountId, GRANT, grantId), MemoryCodec::grant);
  }

  public @Nullable PhoneRecord phone(String accountId, String phoneHash) {
    return get(key(accountId, PHONE, phoneHash), MemoryCodec::phone);
  }

  /** Keeps what is remembered for ever; usage and authorizations are not: the journal has them. */
  public void put(String accountId, Remembered remembered) {
    if (remembered instanceof Remembered.Payment payment) {
      put(accountId, PAYMENT, payment.paymentId(), MemoryCodec.encode(payment.payment()));
    } else if (remembered instanceof Remembered.Expired expired) {
      put(accountId, expired);
    } else if (remembered instanceof Remembered.Grant grant) {
      put(accountId, GRANT, grant.grantId(), MemoryCodec.encode(grant.grant()));
    } else if (remembered instanceof Remembered.Refund refund) {
      put(accountId, REFUND, refund.refundId(), MemoryCodec.encode(refund.refund()));
    } else if (remembered instanceof Remembered.Dispute dispute) {
      put(accountId, DISPUTE, dispute.disputeId(), MemoryCodec.encode(dispute.dispute()));
    } else if (remembered instanceof Remembered.Waiting waiting) {
      put(accountId, waiting);
    } else if (remembered instanceof Remembered.RefundRequest request) {
      put(
          accountId,
          REFUND_REQUEST,
          request.refundRequestId(),
          MemoryCodec.encode(request.digest()));
    } else if (remembered instanceof Remembered.Decline decline) {
      put(accountId, DECLINE, decline.declineId(), MemoryCodec.encode(decline.digest()));
    } else if (remembered instanceof Remembered.Phone phone) {
      put(accountId, PHONE, phone.phoneHash(), MemoryCodec.encode(phone.phone()));
    }
  }

  private void put(String accountId, Remembered.Expired expired) {
    PaymentRecord known = payment(accountId, expired.paymentId());
    if (known == null) {
      throw new IllegalStateException("credit of a payment that is not known has expired");
    }
    byte[] more = MemoryCodec.encode(known.withExpired(expired.nanos()));
    put(accountId, PAYMENT, expired.paymentId(), more);
  }

  private void put(String accountId, Remembered.Waiting waiting) {
    if (waiting.reversals().isEmpty()) {
      store.delete(key(accountId, WAITING, waiting.paymentId()));
    } else {
      put(accountId, WAITING, waiting.paymentId(), MemoryCodec.encode(waiting.reversals()));
    }
  }

  private void put(String accountId, int kind, String id, byte[] value) {
    store.put(key(accountId, kind, id), value);
  }

  private <T> @Nullable T get(Bytes key, Function<ByteReader, T> record) {
    byte[] value = store.get(key);
    return value == null ? null : MemoryCodec.decode(value, record);
  }

  private static Bytes key(String accountId, int kind, String id) {
    return Bytes.wrap(
        new ByteWriter().writeText(accountId).writeByte(kind).writeText(id).toByteArray());
  }

  /** Before all keys of this kind, and behind those of the kind before. */
  private static Bytes prefix(String accountId, int kind) {
    return Bytes.wrap(new ByteWriter().writeText(accountId).writeByte(kind).toByteArray());
  }

  private static String id(Bytes key) {
    ByteReader in = new ByteReader(key.get());
    in.readText();
    in.readByte();
    return in.readText();
  }
}
