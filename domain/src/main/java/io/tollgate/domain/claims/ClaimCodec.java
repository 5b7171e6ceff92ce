package io.tollgate.domain.claims;

import io.tollgate.domain.claims.ClaimState.Answered;
import io.tollgate.domain.claims.ClaimState.Card;
import io.tollgate.domain.claims.ClaimState.Decline;
import io.tollgate.domain.claims.ClaimState.Identity;
import io.tollgate.domain.claims.ClaimState.Phone;
import io.tollgate.domain.claims.ClaimState.Slot;
import io.tollgate.domain.codec.ByteReader;
import io.tollgate.domain.codec.ByteWriter;
import io.tollgate.domain.codec.CorruptStateException;

/** What the registry keeps, as bytes: a format version, the kind, then the state. */
public final class ClaimCodec {

  private static final int FORMAT = 1;

  private static final int PHONE = 1;
  private static final int IDENTITY = 2;
  private static final int CARD = 3;

  private ClaimCodec() {}

  public static byte[] encode(ClaimState state) {
    ByteWriter out = new ByteWriter().writeByte(FORMAT);
    if (state instanceof Phone phone) {
      out.writeByte(PHONE).writeText(phone.holder());
    } else if (state instanceof Identity identity) {
      out.writeByte(IDENTITY)
          .writeText(identity.holder())
          .writeLong(identity.since())
          .writeAll(identity.decided(), ClaimCodec::write);
    } else if (state instanceof Card card) {
      out.writeByte(CARD)
          .writeAll(card.slots(), ClaimCodec::write)
          .writeAll(card.declines(), ClaimCodec::write);
    }
    return out.toByteArray();
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws CorruptStateException if it did not
   */
  public static ClaimState decode(byte[] bytes) {
    ByteReader in = new ByteReader(bytes);
    int format = in.readByte();
    if (format != FORMAT) {
      throw new CorruptStateException(
          "claim of format %d; this release reads %d".formatted(format, FORMAT));
    }
    int kind = in.readByte();
    ClaimState state =
        switch (kind) {
          case PHONE -> new Phone(in.readText());
          case IDENTITY ->
              new Identity(in.readText(), in.readLong(), in.readAll(ClaimCodec::readAnswered));
          case CARD ->
              new Card(in.readAll(ClaimCodec::readSlot), in.readAll(ClaimCodec::readDecline));
          default -> throw new CorruptStateException("no claim of kind " + kind);
        };
    in.requireEnd();
    return state;
  }

  private static void write(ByteWriter out, Answered answered) {
    out.writeText(answered.accountId())
        .writeText(answered.subject())
        .writeLong(answered.at())
        .writeOptionalLong(answered.retryAt());
  }

  private static Answered readAnswered(ByteReader in) {
    return new Answered(in.readText(), in.readText(), in.readLong(), in.readOptionalLong());
  }

  private static void write(ByteWriter out, Slot slot) {
    out.writeText(slot.accountId()).writeText(slot.subject()).writeLong(slot.at());
  }

  private static Slot readSlot(ByteReader in) {
    return new Slot(in.readText(), in.readText(), in.readLong());
  }

  private static void write(ByteWriter out, Decline decline) {
    out.writeText(decline.accountId()).writeText(decline.payment()).writeLong(decline.at());
  }

  private static Decline readDecline(ByteReader in) {
    return new Decline(in.readText(), in.readText(), in.readLong());
  }
}
