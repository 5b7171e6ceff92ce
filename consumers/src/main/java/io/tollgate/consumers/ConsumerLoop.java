package io.tollgate.consumers;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves records from Kafka into lanes, one for each partition, and commits what the lanes have
 * handled. Never waits for a handler, except when partitions are given away.
 *
 * <p>Everything but the figures is for the thread that polls.
 */
final class ConsumerLoop implements ConsumerRebalanceListener {

  /** Records of a partition that wait before no more of it are fetched. */
  static final int MAX_WAITING = 500;

  private static final Logger LOG = LoggerFactory.getLogger(ConsumerLoop.class);

  /** So late, at most, is handled work committed, or seen that the consumer closes. */
  private static final Duration POLL = Duration.ofMillis(100);

  /** Long enough for a broker's pause, short against the time that a group waits for a member. */
  private static final Duration COMMIT_TIMEOUT = Duration.ofSeconds(10);

  /** The figures of the partitions that the loop has now. */
  record Figures(int partitions, long lag, Duration longestCall) {}

  private final org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer;
  private final Function<Consumer<Throwable>, Lane> newLane;
  private final Duration drainTimeout;
  private final Map<TopicPartition, Lane> lanes = new LinkedHashMap<>();
  private final Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
  private final AtomicReference<@Nullable Throwable> fault = new AtomicReference<>();
  private volatile Figures figures = new Figures(0, 0, Duration.ZERO);

  /**
   * @param newLane makes a lane that tells its faults to the consumer given
   * @param drainTimeout how long handlers in flight may take when partitions are given away
   */
  ConsumerLoop(
      org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer,
      Function<Consumer<Throwable>, Lane> newLane,
      Duration drainTimeout) {
    this.consumer = consumer;
    this.newLane = newLane;
    this.drainTimeout = drainTimeout;
  }

  void subscribe(Set<String> topics) {
    consumer.subscribe(topics, this);
  }

  /**
   * One round: takes what has come, commits what is handled.
   *
   * @throws ConsumerException if a handler threw an error, or a dead letter was refused
   */
  void pass() {
    ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
    for (TopicPartition partition : polled.partitions()) {
      lane(partition).add(polled.records(partition));
    }
    pauseFullLanes();
    commit(lanes.keySet());
    measure();
    Throwable cause = fault.get();
    if (cause != null) {
      throw new ConsumerException("A handler failed beyond repair: " + cause, cause);
    }
  }

  Figures figures() {
    return figures;
  }

  /** Lets the handlers in flight finish, and commits; nothing new is taken up. */
  void drain() {
    giveAway(Set.copyOf(lanes.keySet()));
    measure();
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    for (TopicPartition partition : partitions) {
      lanes.put(partition, newLane.apply(cause -> fault.compareAndSet(null, cause)));
    }
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    giveAway(known(partitions));
  }

  /** Another consumer may have them already, so there is nothing left to commit. */
  @Override
  public void onPartitionsLost(Collection<TopicPartition> partitions) {
    LOG.warn("Lost {}: what is in flight there will be handled again elsewhere", partitions);
    Collection<TopicPartition> lost = known(partitions);
    lost.forEach(partition -> lane(partition).stop());
    lost.forEach(this::forget);
  }

  private void giveAway(Collection<TopicPartition> partitions) {
    partitions.forEach(partition -> lane(partition).stop());
    awaitIdle(partitions);
    commit(partitions);
    partitions.forEach(this::forget);
  }

  private void awaitIdle(Collection<TopicPartition> partitions) {
    long end = System.nanoTime() + drainTimeout.toNanos();
    try {
      for (TopicPartition partition : partitions) {
        long left = Math.max(0, end - System.nanoTime());
        if (!lane(partition).awaitIdle(Duration.ofNanos(left))) {
          LOG.warn(
              "A handler of {} took longer than {}; its event will be handled again",
              partition,
              drainTimeout);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void pauseFullLanes() {
    lanes.forEach(
        (partition, lane) -> {
          boolean full = lane.size() >= MAX_WAITING;
          boolean paused = consumer.paused().contains(partition);
          if (full && !paused) {
            consumer.pause(Set.of(partition));
          } else if (!full && paused) {
            consumer.resume(Set.of(partition));
          }
        });
  }

  private void commit(Collection<TopicPartition> partitions) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    for (TopicPartition partition : partitions) {
      OffsetAndMetadata reached = reached(partition);
      if (reached != null && !reached.equals(committed.get(partition))) {
        offsets.put(partition, reached);
      }
    }
    if (offsets.isEmpty()) {
      return;
    }
    try {
      consumer.commitSync(offsets, COMMIT_TIMEOUT);
      committed.putAll(offsets);
    } catch (RebalanceInProgressException e) {
      LOG.debug("The group is rebalancing; offsets are committed when it is done");
    } catch (RetriableException e) {
      LOG.warn("Offsets cannot be committed now; it is tried again: {}", e.toString());
    } catch (CommitFailedException e) {
      // The next poll says which partitions are lost.
      LOG.warn("Offsets were not committed: {}", e.getMessage());
    }
  }

  private @Nullable OffsetAndMetadata reached(TopicPartition partition) {
    Lane lane = lane(partition);
    // Asked in this order: what the lane finishes in between is then committed in the next round.
    OffsetAndMetadata handled = lane.handledUpTo();
    if (handled == null || lane.size() > 0) {
      return handled;
    }
    // Behind the last record stand the marks of transactions; without them no lag would reach zero.
    long position = consumer.position(partition);
    return position > handled.offset() ? new OffsetAndMetadata(position) : handled;
  }

  private void measure() {
    long lag = 0;
    long longest = 0;
    for (Map.Entry<TopicPartition, Lane> entry : lanes.entrySet()) {
      lag += consumer.currentLag(entry.getKey()).orElse(0) + entry.getValue().size();
      longest = Math.max(longest, entry.getValue().callMillis());
    }
    figures = new Figures(lanes.size(), lag, Duration.ofMillis(longest));
  }

  private void forget(TopicPartition partition) {
    lanes.remove(partition);
    committed.remove(partition);
  }

  private Collection<TopicPartition> known(Collection<TopicPartition> partitions) {
    return partitions.stream().filter(lanes::containsKey).toList();
  }

  private Lane lane(TopicPartition partition) {
    Lane lane = lanes.get(partition);
    if (lane == null) {
      throw new IllegalStateException("No lane for " + partition);
    }
    return lane;
  }
}
