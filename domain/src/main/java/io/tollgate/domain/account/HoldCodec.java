package io.tollgate.domain.account;

import io.tollgate.domain.codec.ByteReader;
import io.tollgate.domain.codec.ByteWriter;
import io.tollgate.domain.identity.AuthorizationCodec;
import java.util.ArrayList;
import java.util.List;

/** Holds as bytes, within a snapshot or a delta of their account. */
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

  static void writeDelta(ByteWriter out, Holds before, Holds after) {
    List<Hold> ended = new ArrayList<>(0);
    List<Hold> changed = new ArrayList<>(0);
    before.compare(
        after,
        (was, is) -> {
          if (is != null) {
            changed.add(is);
          } else if (was != null) {
            ended.add(was);
          }
        });
    out.writeAll(ended, (each, hold) -> each.writeText(hold.authorizationId()))
        .writeAll(changed, HoldCodec::write);
  }

  static Holds applyDelta(ByteReader in, Holds before) {
    Holds holds = before;
    for (String ended : in.readAll(ByteReader::readText)) {
      holds = holds.without(ended);
    }
    for (Hold changed : in.readAll(HoldCodec::readHold)) {
      holds = holds.with(changed);
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
