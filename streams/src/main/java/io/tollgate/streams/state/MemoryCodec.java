package io.tollgate.streams.state;

import io.tollgate.domain.codec.ByteReader;
import io.tollgate.domain.codec.ByteWriter;
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
import io.tollgate.domain.identity.ReversalRecord;
import io.tollgate.domain.identity.WaitingReversal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What is remembered for ever as bytes: a format version, then the record. */
final class MemoryCodec {

  private static final int FORMAT = 1;
  private static final int REFUND = 1;
  private static final int DISPUTE = 2;

  private MemoryCodec() {}

  static <T> T decode(byte[] value, Function<ByteReader, T> record) {
    ByteReader in = new ByteReader(value);
    int format = in.readByte();
    if (format != FORMAT) {
      throw new CorruptStateException(
          "payment record of format %d; this release reads %d".formatted(format, FORMAT));
    }
    T decoded = record.apply(in);
    in.requireEnd();
    return decoded;
  }

  private static ByteWriter create() {
    return new ByteWriter().writeByte(FORMAT);
  }

  static byte[] encode(PaymentRecord payment) {
    Reversed reversed = payment.reversed();
    return create()
        .writeFixed(payment.digest())
        .writeLong(payment.amountNanos())
        .writeLong(payment.occurredAt())
        .writeLong(payment.recordedAt())
        .writeLong(payment.entryVersion())
        .writeOptionalText(payment.rechargeId())
        .writeOptionalText(payment.cardFingerprint())
        .writeLong(reversed.taken())
        .writeLong(reversed.expired())
        .writeLong(reversed.disputed())
        .writeLong(reversed.excess())
        .writeAll(payment.strandedBy(), ByteWriter::writeText)
        .toByteArray();
  }

  static PaymentRecord payment(ByteReader in) {
    return new PaymentRecord(
        in.readFixed(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readOptionalText(),
        in.readOptionalText(),
        new Reversed(in.readLong(), in.readLong(), in.readLong(), in.readLong()),
        in.readAll(ByteReader::readText));
  }

  static <S extends Enum<S>> byte[] encode(ReversalRecord<S> reversal) {
    return create()
        .writeText(reversal.paymentId())
        .writeAll(
            reversal.digests().entrySet(),
            (out, seen) -> out.writeText(seen.getKey().name()).writeFixed(seen.getValue()))
        .writeOptionalText(reversal.status() == null ? null : reversal.status().name())
        .writeLong(reversal.amountNanos())
        .writeLong(reversal.expiredNanos())
        .toByteArray();
  }

  static ReversalRecord<RefundStatus> refund(ByteReader in) {
    return reversal(in, RefundStatus.class);
  }

  static ReversalRecord<DisputeStatus> dispute(ByteReader in) {
    return reversal(in, DisputeStatus.class);
  }

  private static <S extends Enum<S>> ReversalRecord<S> reversal(ByteReader in, Class<S> statuses) {
    String paymentId = in.readText();
    Map<S, Long> digests = new TreeMap<>();
    in.readAll(each -> digests.put(each.readEnum(statuses), each.readFixed()));
    @Nullable S status = in.readBoolean() ? in.readEnum(statuses) : null;
    return new ReversalRecord<>(paymentId, digests, status, in.readLong(), in.readLong());
  }

  static byte[] encode(List<WaitingReversal> waiting) {
    return create().writeAll(waiting, MemoryCodec::write).toByteArray();
  }

  private static void write(ByteWriter out, WaitingReversal waiting) {
    Reversal reversal = waiting.reversal();
    if (reversal instanceof PaymentRefunded refund) {
      out.writeByte(REFUND).writeText(refund.refundId()).writeText(refund.status().name());
    } else if (reversal instanceof DisputeUpdated dispute) {
      out.writeByte(DISPUTE).writeText(dispute.disputeId()).writeText(dispute.status().name());
    }
    Cause cause = waiting.cause();
    out.writeText(reversal.paymentId())
        .writeText(reversal.accountId())
        .writeLong(reversal.amountNanos())
        .writeLong(reversal.occurredAt())
        .writeText(cause.topic())
        .writeText(cause.id())
        .writeLong(cause.partition())
        .writeLong(cause.offset());
  }

  static List<WaitingReversal> waiting(ByteReader in) {
    return in.readAll(
        each ->
            new WaitingReversal(
                reversal(each),
                new Cause(each.readText(), each.readText(), each.readInt(), each.readLong())));
  }

  private static Reversal reversal(ByteReader in) {
    int kind = in.readByte();
    String id = in.readText();
    return switch (kind) {
      case REFUND -> {
        RefundStatus status = in.readEnum(RefundStatus.class);
        yield new PaymentRefunded(
            id, in.readText(), in.readText(), in.readLong(), status, in.readLong());
      }
      case DISPUTE -> {
        DisputeStatus status = in.readEnum(DisputeStatus.class);
        yield new DisputeUpdated(
            id, in.readText(), in.readText(), in.readLong(), status, in.readLong());
      }
      default -> throw new CorruptStateException("no reversal of kind " + kind);
    };
  }

  static byte[] encode(GrantRecord grant) {
    return create()
        .writeOptionalLong(grant.grantDigest())
        .writeOptionalLong(grant.voidDigest())
        .toByteArray();
  }

  static GrantRecord grant(ByteReader in) {
    return new GrantRecord(in.readOptionalLong(), in.readOptionalLong());
  }

  static byte[] encode(PhoneRecord phone) {
    return create()
        .writeLong(phone.verifiedAt())
        .writeText(phone.topic())
        .writeLong(phone.offset())
        .writeBoolean(phone.decided())
        .toByteArray();
  }

  static PhoneRecord phone(ByteReader in) {
    return new PhoneRecord(in.readLong(), in.readText(), in.readLong(), in.readBoolean());
  }

  static byte[] encode(long digest) {
    return create().writeFixed(digest).toByteArray();
  }
}
