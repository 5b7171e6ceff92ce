package io.tollgate.domain.account;

import io.tollgate.domain.codec.ByteReader;
import io.tollgate.domain.codec.ByteWriter;
import io.tollgate.domain.identity.AuthorizationCodec;

/** Holds as bytes, part of an account's snapshot. */
final class HoldCodec {

  private HoldCodec() {}

  static void write(ByteWriter out, Holds holds) {
    out.writeLong(holds.size());
    holds.forEach(hold -> write(out, hold));
  }

  static Holds read(ByteReader in) {
    Holds holds = Holds.NONE;
    for (int left = in.readInt(); left > 0; left--) {
      holds = holds.with(readHold(in));
    }
    return holds;
  }

  private static void write(ByteWriter out, Hold hold) {
    out.writeText(hold.authorizationId()).writeFixed(hold.digest()).writeBoolean(hold.lease());
    AuthorizationCodec.write(out, hold.permit());
    out.writeLong(hold.nanos())
        .writeLong(hold.requestedAt())
        .writeLong(hold.openedAt())
        .writeLong(hold.endsAt())
        .writeLong(hold.settled());
    AuthorizationCodec.write(out, hold.release());
  }

  private static Hold readHold(ByteReader in) {
    return new Hold(
        in.readText(),
        in.readFixed(),
        in.readBoolean(),
        AuthorizationCodec.readPermit(in),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        AuthorizationCodec.readRelease(in));
  }
}
