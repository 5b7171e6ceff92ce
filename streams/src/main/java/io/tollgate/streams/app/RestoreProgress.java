package io.tollgate.streams.app;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;

/**
 * How many changelog records are still to be read before the tasks that run here have their state.
 */
final class RestoreProgress implements StateRestoreListener {

  private final Map<TopicPartition, AtomicLong> remaining = new ConcurrentHashMap<>();

  /** Records left, by changelog partition; empty if nothing is being restored. */
  SortedMap<String, Long> remaining() {
    SortedMap<String, Long> left = new TreeMap<>();
    remaining.forEach((changelog, records) -> left.put(changelog.toString(), records.get()));
    return left;
  }

  @Override
  public void onRestoreStart(TopicPartition changelog, String store, long start, long end) {
    remaining.put(changelog, new AtomicLong(Math.max(0, end - start)));
  }

  @Override
  public void onBatchRestored(TopicPartition changelog, String store, long end, long restored) {
    AtomicLong records = remaining.get(changelog);
    if (records != null) {
      // Offsets of markers are in the range but are no records: never below zero.
      records.updateAndGet(left -> Math.max(0, left - restored));
    }
  }

  @Override
  public void onRestoreEnd(TopicPartition changelog, String store, long total) {
    remaining.remove(changelog);
  }

  @Override
  public void onRestoreSuspended(TopicPartition changelog, String store, long total) {
    remaining.remove(changelog);
  }
}
