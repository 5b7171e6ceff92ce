package io.tollgate.streams.state;

import io.tollgate.domain.codec.ByteReader;
import io.tollgate.domain.codec.ByteWriter;
import io.tollgate.domain.codec.CorruptStateException;
import java.util.ArrayList;
import java.util.List;

/**
 * Consecutive entries of a journal.
 *
 * @param partitions partition count of the installation
 * @param latestTime the latest time of any input by then, so that time does not go back at a
 *     restart
 * @param offsetsBefore the last offset of each input before this block
 */
record JournalBlock(
    int partitions, long latestTime, InputOffsets offsetsBefore, List<JournalEntry> entries) {

  private static final int FORMAT = 1;

  /** What stands before the entries, which follow one after the other. */
  static void writeHeader(
      ByteWriter out, int partitions, long latestTime, InputOffsets offsetsBefore) {
    out.writeByte(FORMAT).writeLong(partitions).writeLong(latestTime);
    offsetsBefore.write(out);
  }

  static JournalBlock decode(byte[] bytes) {
    ByteReader in = new ByteReader(bytes);
    int format = in.readByte();
    if (format != FORMAT) {
      throw new CorruptStateException(
          "journal block of format %d; this release reads %d".formatted(format, FORMAT));
    }
    int partitions = in.readInt();
    long latestTime = in.readLong();
    InputOffsets offsets = InputOffsets.read(in);
    List<JournalEntry> entries = new ArrayList<>();
    while (in.hasMore()) {
      entries.add(JournalEntry.read(in));
    }
    return new JournalBlock(partitions, latestTime, offsets, entries);
  }

  InputOffsets offsetsAfter() {
    InputOffsets offsets = offsetsBefore;
    for (JournalEntry entry : entries) {
      if (entry.input() != null) {
        offsets = offsets.with(entry.input(), entry.offset());
      }
    }
    return offsets;
  }

  /** Until when anything in these entries is remembered. */
  static long rememberedUntil(List<JournalEntry> entries) {
    long until = Long.MIN_VALUE;
    for (JournalEntry entry : entries) {
      until = Math.max(until, entry.rememberedUntil());
    }
    return until;
  }
}
