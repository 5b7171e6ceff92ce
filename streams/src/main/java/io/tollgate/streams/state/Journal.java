package io.tollgate.streams.state;

import io.tollgate.domain.codec.ByteWriter;
import io.tollgate.domain.identity.AuthorizationRecord;
import io.tollgate.domain.identity.Fingerprint;
import io.tollgate.domain.identity.Remembered;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.LongConsumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The order in which a task processed its input, what that changed of accounts, and what is
 * remembered for a while: usage, and authorizations that hold nothing. Entries are packed into
 * blocks: a record rewrites the open block in the cache, and about one block in 32 records reaches
 * the changelog.
 */
public final class Journal {

  /** Entries of a block; more save changelog records and cost copying. */
  private static final int BLOCK_ENTRIES = 32;

  /** A block is closed early at this size: it is rewritten with each entry. */
  private static final int BLOCK_BYTES = 32 * 1024;

  /** Blocks dropped at once: bounds the work inside one transaction after a long pause. */
  private static final int MOST_DROPPED = 1_000;

  private final KeyValueStore<Bytes, byte[]> store;

  /** By usage its content, by authorization the block that knows it. */
  private final IdIndex ids = new IdIndex();

  private final Deque<ClosedBlock> closed = new ArrayDeque<>();
  private final int partitions;

  private InputOffsets offsets = InputOffsets.NONE;
  private long latestTime = Long.MIN_VALUE;
  private long nextBlock;
  private final List<JournalEntry> open = new ArrayList<>(BLOCK_ENTRIES);
  private final ByteWriter openBytes = new ByteWriter();
  private final ByteWriter blockBytes = new ByteWriter();
  private InputOffsets offsetsBeforeOpen = InputOffsets.NONE;

  private record ClosedBlock(long number, long rememberedUntil) {}

  /** Receives the entries that a task left behind, in their order. */
  @FunctionalInterface
  interface EntryVisitor {
    void visit(long block, JournalEntry entry);
  }

  /**
   * Takes over what a task left behind.
   *
   * @param partitions partition count of this installation, fixed for its life
   * @param visitor receives every entry
   * @throws PartitionCountChangedException if the state is of another count
   */
  Journal(KeyValueStore<Bytes, byte[]> store, int partitions, EntryVisitor visitor) {
    this.store = store;
    this.partitions = partitions;
    try (KeyValueIterator<Bytes, byte[]> blocks = store.all()) {
      while (blocks.hasNext()) {
        KeyValue<Bytes, byte[]> next = blocks.next();
        long number = ByteBuffer.wrap(next.key.get()).getLong();
        JournalBlock block = JournalBlock.decode(next.value);
        if (block.partitions() != partitions) {
          throw new PartitionCountChangedException(block.partitions(), partitions);
        }
        offsets = block.offsetsAfter();
        latestTime = Math.max(latestTime, block.latestTime());
        for (JournalEntry entry : block.entries()) {
          index(entry, number);
          visitor.visit(number, entry);
        }
        closed.add(new ClosedBlock(number, JournalBlock.rememberedUntil(block.entries())));
        nextBlock = number + 1;
      }
    }
    offsetsBeforeOpen = offsets;
  }

  private void index(JournalEntry entry, long block) {
    Remembered.Usage usage = entry.usage();
    if (usage != null) {
      ids.put(usage.identity(), usage.digest(), usage.until());
    }
    Remembered.Authorization authorization = entry.authorization();
    if (authorization != null) {
      ids.put(authorization.identity(), block, authorization.authorization().until());
    }
  }

  /** The last offset processed of each input. */
  public InputOffsets offsets() {
    return offsets;
  }

  /** The digest of remembered usage, or null. */
  public @Nullable Long usage(Fingerprint identity, long at) {
    return ids.get(identity, at);
  }

  /** What is remembered of an authorization that holds nothing, or null. */
  public @Nullable AuthorizationRecord authorization(Fingerprint identity, long at) {
    Long block = ids.get(identity, at);
    if (block == null) {
      return null;
    }
    AuthorizationRecord last = null;
    for (JournalEntry entry : block == nextBlock ? open : stored(block).entries()) {
      Remembered.Authorization authorization = entry.authorization();
      if (authorization != null && authorization.identity().equals(identity)) {
        last = authorization.authorization();
      }
    }
    if (last == null) {
      throw new IllegalStateException(
          "journal block " + block + " does not know its authorization");
    }
    return last;
  }

  private JournalBlock stored(long block) {
    byte[] value = store.get(key(block));
    if (value == null) {
      throw new IllegalStateException("journal block " + block + " is gone");
    }
    return JournalBlock.decode(value);
  }

  /** Takes note of the time of an input, and returns the latest so far. */
  public long observe(long time) {
    latestTime = Math.max(latestTime, time);
    return latestTime;
  }

  /** How many ids are remembered. */
  public int remembered() {
    return ids.size();
  }

  /** The number of the block that the next entry goes into. */
  long openBlock() {
    return nextBlock;
  }

  /** Adds what has just been processed. */
  public void append(JournalEntry entry) {
    index(entry, nextBlock);
    open.add(entry);
    entry.write(openBytes);
    if (entry.input() != null) {
      offsets = offsets.with(entry.input(), entry.offset());
    }
    putOpenBlock();
    if (open.size() == BLOCK_ENTRIES || openBytes.length() >= BLOCK_BYTES) {
      closed.add(new ClosedBlock(nextBlock, JournalBlock.rememberedUntil(open)));
      nextBlock++;
      open.clear();
      openBytes.reset();
      offsetsBeforeOpen = offsets;
    }
  }

  private void putOpenBlock() {
    JournalBlock.writeHeader(blockBytes.reset(), partitions, latestTime, offsetsBeforeOpen);
    store.put(key(nextBlock), blockBytes.write(openBytes).toByteArray());
  }

  /**
   * Drops the oldest blocks as far as all in them may be forgotten by then; of very many, the rest
   * at the next calls.
   *
   * @param beforeDrop told each block's number while it is still there
   */
  public void forgetBefore(long time, LongConsumer beforeDrop) {
    observe(time);
    int dropped = 0;
    while (dropped < MOST_DROPPED
        && !closed.isEmpty()
        && closed.element().rememberedUntil() < time) {
      beforeDrop.accept(closed.element().number());
      drop(closed.remove());
      dropped++;
    }
    if (dropped > 0) {
      // The open block tells the offsets, and the time: what is forgotten is too late from now on,
      // also after a restart.
      putOpenBlock();
    }
  }

  private void drop(ClosedBlock oldest) {
    for (JournalEntry entry : stored(oldest.number()).entries()) {
      if (entry.usage() != null) {
        ids.remove(entry.usage().identity(), entry.usage().until());
      }
      if (entry.authorization() != null) {
        ids.remove(entry.authorization().identity(), entry.authorization().authorization().until());
      }
    }
    store.delete(key(oldest.number()));
  }

  /** Big-endian, so that blocks iterate in order. */
  private static Bytes key(long block) {
    return Bytes.wrap(ByteBuffer.allocate(Long.BYTES).putLong(block).array());
  }
}
