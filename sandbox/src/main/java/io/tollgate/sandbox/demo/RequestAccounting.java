package io.tollgate.sandbox.demo;

import io.tollgate.events.BlockReason;
import io.tollgate.events.RejectionReason;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds for each usage record in Kafka the one output that says what became of it.
 *
 * <p>Ledger entries and rejections name the record by its coordinates, blocks by the id of the
 * request. A duplicate has no output: it is a record whose id an earlier one was decided under.
 */
final class RequestAccounting {

  /** Where a record is; in the order of its partition. */
  private record Place(int partition, long offset) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      int byPartition = Integer.compare(partition, other.partition);
      return byPartition == 0 ? Long.compare(offset, other.offset) : byPartition;
    }
  }

  private record Identity(String accountId, String eventId) {}

  private final TreeMap<Place, @Nullable Identity> sent = new TreeMap<>();
  private final Map<Place, Integer> charges = new HashMap<>();
  private final Map<Place, RejectionReason> rejections = new HashMap<>();
  private final Map<Identity, BlockReason> blocks = new HashMap<>();
  private long surplus;

  /** A usage record from which no request can be read. */
  void addUnreadable(int partition, long offset) {
    sent.put(new Place(partition, offset), null);
  }

  /** A usage record. */
  void addSent(int partition, long offset, String accountId, String eventId) {
    sent.put(new Place(partition, offset), new Identity(accountId, eventId));
  }

  /** A ledger entry that a usage record caused. */
  void addCharge(int partition, long offset) {
    charges.merge(new Place(partition, offset), 1, Integer::sum);
  }

  /** A rejection of a usage record. */
  void addRejection(int partition, long offset, RejectionReason reason) {
    if (rejections.put(new Place(partition, offset), reason) != null) {
      surplus++;
    }
  }

  /** A request that was served but not charged. */
  void addBlock(String accountId, String eventId, BlockReason reason) {
    if (blocks.put(new Identity(accountId, eventId), reason) != null) {
      surplus++;
    }
  }

  /** What became of all that was added. */
  RequestFates fates() {
    Map<BlockReason, Long> blocked = new EnumMap<>(BlockReason.class);
    Map<RejectionReason, Long> rejected = new EnumMap<>(RejectionReason.class);
    Set<Identity> decided = new HashSet<>();
    Set<Identity> openBlocks = new HashSet<>(blocks.keySet());
    long charged = 0;
    long duplicates = 0;
    long unaccounted = 0;
    long unused = surplus;
    for (Map.Entry<Place, @Nullable Identity> record : sent.entrySet()) {
      int entries = charges.getOrDefault(record.getKey(), 0);
      RejectionReason rejection = rejections.get(record.getKey());
      Identity identity = record.getValue();
      if (entries > 0) {
        charged++;
        unused += entries - 1 + (rejection == null ? 0 : 1);
        if (identity == null || !decided.add(identity)) {
          unused++;
        }
      } else if (rejection != null) {
        rejected.merge(rejection, 1L, Long::sum);
      } else if (identity != null && openBlocks.contains(identity) && decided.add(identity)) {
        openBlocks.remove(identity);
        blocked.merge(
            blocks.getOrDefault(identity, BlockReason.VERIFICATION_REQUIRED), 1L, Long::sum);
      } else if (identity != null && decided.contains(identity)) {
        duplicates++;
      } else {
        unaccounted++;
      }
    }
    unused += openBlocks.size();
    unused += charges.keySet().stream().filter(place -> !sent.containsKey(place)).count();
    unused += rejections.keySet().stream().filter(place -> !sent.containsKey(place)).count();
    return new RequestFates(
        sent.size(), charged, blocked, rejected, duplicates, unaccounted, unused);
  }
}
