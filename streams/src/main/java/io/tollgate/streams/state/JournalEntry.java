package io.tollgate.streams.state;

import io.tollgate.domain.codec.ByteReader;
import io.tollgate.domain.codec.ByteWriter;
import io.tollgate.domain.identity.AuthorizationCodec;
import io.tollgate.domain.identity.Fingerprint;
import io.tollgate.domain.identity.Remembered;
import org.jspecify.annotations.Nullable;

/**
 * One input record that was processed, a deadline that fired, or a snapshot that was written.
 *
 * @param input null if it was no input
 * @param accountId whose it was; empty if that could not be told
 * @param change what it did to the account's state
 * @param usage the usage that must not be charged again; null if it was none
 * @param authorization one that holds nothing from here on; null if it was none
 */
public record JournalEntry(
    @Nullable Input input,
    long offset,
    String accountId,
    StateChange change,
    Remembered.@Nullable Usage usage,
    Remembered.@Nullable Authorization authorization) {

  /** In place of an input's code. */
  private static final int NO_INPUT = 255;

  /** Tells that the store of accounts holds the account as it is now. */
  static JournalEntry saved(String accountId) {
    return new JournalEntry(null, 0, accountId, new StateChange.Saved(), null, null);
  }

  /** Tells of an input that changed nothing. */
  public static JournalEntry skipped(Input input, long offset) {
    return new JournalEntry(input, offset, "", new StateChange.None(), null, null);
  }

  /** Until when something in it is remembered; the earliest of times if nothing is. */
  long rememberedUntil() {
    return Math.max(
        usage == null ? Long.MIN_VALUE : usage.until(),
        authorization == null ? Long.MIN_VALUE : authorization.authorization().until());
  }

  void write(ByteWriter out) {
    out.writeByte(input == null ? NO_INPUT : input.code());
    out.writeLong(offset).writeText(accountId);
    change.write(out);
    out.writeBoolean(usage != null);
    if (usage != null) {
      write(out, usage.identity());
      out.writeFixed(usage.digest()).writeLong(usage.until());
    }
    out.writeBoolean(authorization != null);
    if (authorization != null) {
      write(out, authorization.identity());
      AuthorizationCodec.write(out, authorization.authorization());
    }
  }

  private static void write(ByteWriter out, Fingerprint identity) {
    out.writeFixed(identity.high()).writeFixed(identity.low());
  }

  static JournalEntry read(ByteReader in) {
    int code = in.readByte();
    return new JournalEntry(
        code == NO_INPUT ? null : Input.ofCode(code),
        in.readLong(),
        in.readText(),
        StateChange.read(in),
        in.readBoolean()
            ? new Remembered.Usage(readFingerprint(in), in.readFixed(), in.readLong())
            : null,
        in.readBoolean()
            ? new Remembered.Authorization(readFingerprint(in), AuthorizationCodec.read(in))
            : null);
  }

  private static Fingerprint readFingerprint(ByteReader in) {
    return new Fingerprint(in.readFixed(), in.readFixed());
  }
}
