package io.tollgate.streams.state;

import io.tollgate.domain.codec.ByteReader;
import io.tollgate.domain.codec.ByteWriter;
import io.tollgate.domain.identity.Fingerprint;
import io.tollgate.domain.identity.Remembered;
import org.jspecify.annotations.Nullable;

/**
 * One input record that was processed.
 *
 * @param accountId whose it was; empty if that could not be told
 * @param version the account's last ledger entry after it
 * @param usage the usage that must not be charged again; null if it was none
 */
public record JournalEntry(
    Input input, long offset, String accountId, long version, Remembered.@Nullable Usage usage) {

  void write(ByteWriter out) {
    out.writeByte(input.code()).writeLong(offset).writeText(accountId).writeLong(version);
    out.writeBoolean(usage != null);
    if (usage != null) {
      out.writeFixed(usage.identity().high())
          .writeFixed(usage.identity().low())
          .writeFixed(usage.digest())
          .writeLong(usage.until());
    }
  }

  static JournalEntry read(ByteReader in) {
    return new JournalEntry(
        Input.ofCode(in.readByte()),
        in.readLong(),
        in.readText(),
        in.readLong(),
        in.readBoolean()
            ? new Remembered.Usage(
                new Fingerprint(in.readFixed(), in.readFixed()), in.readFixed(), in.readLong())
            : null);
  }
}
