package io.tollgate.streams.state;

import io.tollgate.domain.codec.ByteReader;
import io.tollgate.domain.codec.ByteWriter;
import io.tollgate.domain.codec.CorruptStateException;
import io.tollgate.domain.identity.GrantRecord;
import io.tollgate.domain.identity.PaymentRecord;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered for ever: payments and grants. Keys are accountId ‖ kind ‖ id, so that all of
 * an account lie together; never part of the account's own value, which would grow without end.
 */
public final class ForeverStore {

  private static final int FORMAT = 1;
  private static final int PAYMENT = 1;
  private static final int GRANT = 2;

  private final KeyValueStore<Bytes, byte[]> store;

  public ForeverStore(KeyValueStore<Bytes, byte[]> store) {
    this.store = store;
  }

  public @Nullable PaymentRecord payment(String accountId, String paymentId) {
    byte[] value = store.get(key(accountId, PAYMENT, paymentId));
    if (value == null) {
      return null;
    }
    ByteReader in = open(value);
    PaymentRecord payment =
        new PaymentRecord(
            in.readFixed(),
            in.readLong(),
            in.readLong(),
            in.readLong(),
            in.readOptionalText(),
            in.readOptionalText());
    in.requireEnd();
    return payment;
  }

  public void put(String accountId, String paymentId, PaymentRecord payment) {
    byte[] value =
        create()
            .writeFixed(payment.digest())
            .writeLong(payment.amountNanos())
            .writeLong(payment.occurredAt())
            .writeLong(payment.recordedAt())
            .writeOptionalText(payment.rechargeId())
            .writeOptionalText(payment.cardFingerprint())
            .toByteArray();
    store.put(key(accountId, PAYMENT, paymentId), value);
  }

  public @Nullable GrantRecord grant(String accountId, String grantId) {
    byte[] value = store.get(key(accountId, GRANT, grantId));
    if (value == null) {
      return null;
    }
    ByteReader in = open(value);
    GrantRecord grant = new GrantRecord(in.readOptionalLong(), in.readOptionalLong());
    in.requireEnd();
    return grant;
  }

  public void put(String accountId, String grantId, GrantRecord grant) {
    byte[] value =
        create()
            .writeOptionalLong(grant.grantDigest())
            .writeOptionalLong(grant.voidDigest())
            .toByteArray();
    store.put(key(accountId, GRANT, grantId), value);
  }

  private static Bytes key(String accountId, int kind, String id) {
    return Bytes.wrap(
        new ByteWriter().writeText(accountId).writeByte(kind).writeText(id).toByteArray());
  }

  private static ByteWriter create() {
    return new ByteWriter().writeByte(FORMAT);
  }

  private static ByteReader open(byte[] value) {
    ByteReader in = new ByteReader(value);
    int format = in.readByte();
    if (format != FORMAT) {
      throw new CorruptStateException(
          "payment record of format %d; this release reads %d".formatted(format, FORMAT));
    }
    return in;
  }
}
