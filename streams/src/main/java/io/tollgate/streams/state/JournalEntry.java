package io.tollgate.streams.state;

import io.tollgate.domain.codec.ByteReader;
import io.tollgate.domain.codec.ByteWriter;
import io.tollgate.domain.identity.AuthorizationCodec;
import io.tollgate.domain.identity.Fingerprint;
import io.tollgate.domain.identity.Remembered;
import org.jspecify.annotations.Nullable;

/**
 * One input record that was processed, or a deadline that left something to remember.
 *
 * @param input null for a deadline
 * @param accountId whose it was; empty if that could not be told
 * @param version the account's last ledger entry after it
 * @param usage the usage that must not be charged again; null if it was none
 * @param authorization one that holds nothing from here on; null if it was none
 */
public record JournalEntry(
    @Nullable Input input,
    long offset,
    String accountId,
    long version,
    Remembered.@Nullable Usage usage,
    Remembered.@Nullable Authorization authorization) {

  /** In place of an input's code. */
  private static final int DEADLINE = 255;

  /** Until when something in it is remembered; the earliest of times if nothing is. */
  long rememberedUntil() {
    return Math.max(
        usage == null ? Long.MIN_VALUE : usage.until(),
        authorization == null ? Long.MIN_VALUE : authorization.authorization().until());
  }

  void write(ByteWriter out) {
    out.writeByte(input == null ? DEADLINE : input.code());
    out.writeLong(offset).writeText(accountId).writeLong(version);
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
        code == DEADLINE ? null : Input.ofCode(code),
        in.readLong(),
        in.readText(),
        in.readLong(),
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
