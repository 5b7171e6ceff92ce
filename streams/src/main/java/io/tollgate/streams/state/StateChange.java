package io.tollgate.streams.state;

import io.tollgate.domain.codec.ByteReader;
import io.tollgate.domain.codec.ByteWriter;
import io.tollgate.domain.codec.CorruptStateException;
import org.apache.kafka.common.utils.Bytes;

/** What a journal entry tells of the state of its account. */
public sealed interface StateChange {

  /** No account has changed. */
  record None() implements StateChange {}

  /** The account has changed by this since the entry before, and no snapshot says so yet. */
  record Delta(Bytes bytes) implements StateChange {}

  /** The store of accounts holds a snapshot of the account as it is here. */
  record Saved() implements StateChange {}

  /** In the bytes of an entry. */
  default void write(ByteWriter out) {
    if (this instanceof Delta delta) {
      out.writeByte(1).writeBytes(delta.bytes().get());
    } else {
      out.writeByte(this instanceof Saved ? 2 : 0);
    }
  }

  static StateChange read(ByteReader in) {
    int kind = in.readByte();
    return switch (kind) {
      case 0 -> new None();
      case 1 -> new Delta(Bytes.wrap(in.readBytes()));
      case 2 -> new Saved();
      default -> throw new CorruptStateException("no change of kind " + kind);
    };
  }
}
