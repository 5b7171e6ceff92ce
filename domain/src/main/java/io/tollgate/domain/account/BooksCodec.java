package io.tollgate.domain.account;

import io.tollgate.domain.codec.ByteReader;
import io.tollgate.domain.codec.ByteWriter;
import io.tollgate.domain.codec.CorruptStateException;
import io.tollgate.domain.effect.Effect.LotKind;
import org.jspecify.annotations.Nullable;

/** The money of an account as bytes: all of it in a snapshot, what has changed in a delta. */
final class BooksCodec {

  private BooksCodec() {}

  static void write(ByteWriter out, Books books) {
    writeSums(out, new Books(), books);
    out.writeAll(books.lots, (each, lot) -> writeLot(each, null, lot))
        .writeAll(books.pendingGrants, BooksCodec::writeGrant);
    HoldCodec.write(out, books.holds);
  }

  static void read(ByteReader in, Books books) {
    readSums(in, books);
    books.lots.addAll(in.readAll(each -> readLot(each, null)));
    books.pendingGrants.addAll(in.readAll(BooksCodec::readGrant));
    books.holds = HoldCodec.read(in);
  }

  static void writeDelta(ByteWriter out, Books before, Books after) {
    writeSums(out, before, after);
    ListDelta.write(out, before.lots, after.lots, BooksCodec::writeLot);
    ListDelta.write(
        out, before.pendingGrants, after.pendingGrants, (each, was, is) -> writeGrant(each, is));
    HoldCodec.writeDelta(out, before.holds, after.holds);
  }

  static void applyDelta(ByteReader in, Books books) {
    readSums(in, books);
    ListDelta.apply(in, books.lots, BooksCodec::readLot);
    ListDelta.apply(in, books.pendingGrants, (each, was) -> readGrant(each));
    books.holds = HoldCodec.applyDelta(in, books.holds);
  }

  /** As differences, which take few bytes; one that wraps here wraps back when it is read. */
  private static void writeSums(ByteWriter out, Books before, Books after) {
    out.writeLong(after.version - before.version)
        .writeLong((long) after.carry - before.carry)
        .writeLong(after.debt - before.debt)
        .writeLong(after.posted - before.posted)
        .writeLong(after.purchased - before.purchased)
        .writeLong(after.granted - before.granted)
        .writeLong(after.used - before.used)
        .writeLong(after.expired - before.expired)
        .writeLong(after.refunded - before.refunded)
        .writeLong(after.disputed - before.disputed)
        .writeLong(after.voided - before.voided)
        .writeLong(after.writtenOff - before.writtenOff);
  }

  private static void readSums(ByteReader in, Books books) {
    books.version += in.readLong();
    books.carry += in.readInt();
    books.debt += in.readLong();
    books.posted += in.readLong();
    books.purchased += in.readLong();
    books.granted += in.readLong();
    books.used += in.readLong();
    books.expired += in.readLong();
    books.refunded += in.readLong();
    books.disputed += in.readLong();
    books.voided += in.readLong();
    books.writtenOff += in.readLong();
  }

  /** Of a lot that something was taken from or given to, only what remains. */
  private static void writeLot(ByteWriter out, @Nullable Lot was, Lot lot) {
    boolean known = was != null && lot.equals(was.withRemaining(lot.remaining()));
    out.writeBoolean(known).writeLong(lot.remaining());
    if (!known) {
      out.writeText(lot.lotId())
          .writeText(lot.kind().name())
          .writeLong(lot.granted())
          .writeLong(lot.priority())
          .writeLong(lot.effectiveAt())
          .writeLong(lot.expiresAt())
          .writeLong(lot.noticeDays())
          .writeText(lot.stage().name())
          .writeLong(lot.boughtAt())
          .writeLong(lot.disputed());
    }
  }

  private static Lot readLot(ByteReader in, @Nullable Lot was) {
    boolean known = in.readBoolean();
    long remaining = in.readLong();
    if (known) {
      if (was == null) {
        throw new CorruptStateException("it changes a lot that is not there");
      }
      return was.withRemaining(remaining);
    }
    String lotId = in.readText();
    LotKind kind = in.readEnum(LotKind.class);
    long granted = in.readLong();
    return new Lot(
        lotId,
        kind,
        granted,
        remaining,
        in.readInt(),
        in.readLong(),
        in.readLong(),
        in.readInt(),
        in.readEnum(Lot.Stage.class),
        in.readLong(),
        in.readLong());
  }

  private static void writeGrant(ByteWriter out, PendingGrant grant) {
    out.writeText(grant.grantId())
        .writeText(grant.kind().name())
        .writeLong(grant.amount())
        .writeLong(grant.priority())
        .writeLong(grant.effectiveAt())
        .writeLong(grant.expiresAt());
  }

  private static PendingGrant readGrant(ByteReader in) {
    return new PendingGrant(
        in.readText(),
        in.readEnum(LotKind.class),
        in.readLong(),
        in.readInt(),
        in.readLong(),
        in.readLong());
  }
}
