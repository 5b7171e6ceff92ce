package io.tollgate.testkit;

import io.tollgate.schemas.topics.TopicNames;
import io.tollgate.simulator.TopologyDriver;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.streams.Topology;
import org.jspecify.annotations.Nullable;

/** A topology that is not Tollgate's, under test. */
final class OwnApplication implements Application {

  private final TopologyDriver driver;
  private final TopicNames names;
  private final @Nullable Duration wallClockStep;
  private Instant wallClock;

  /**
   * Starts it.
   *
   * @param start what its wall clock starts at
   * @param wallClockStep how far its wall clock jumps at most; null: any distance
   */
  OwnApplication(
      String applicationId,
      Topology topology,
      Properties settings,
      TopicNames names,
      Instant start,
      @Nullable Duration wallClockStep) {
    this.driver = new TopologyDriver(applicationId, topology, settings, start);
    this.names = names;
    this.wallClockStep = wallClockStep;
    this.wallClock = start;
  }

  @Override
  public boolean reads(Message message) {
    return driver.reads(message.topic());
  }

  @Override
  public List<Message> process(Message message) {
    driver.pipe(
        message.topic(),
        message.key(),
        message.value(),
        message.headers(),
        message.time().toEpochMilli());
    return written();
  }

  @Override
  public Instant nextDue() {
    return wallClockStep == null ? Instant.MAX : wallClock.plus(wallClockStep);
  }

  @Override
  public List<Message> advanceTo(Instant time) {
    wallClock = time;
    driver.advanceWallClockTo(time);
    return written();
  }

  private List<Message> written() {
    return driver.readAll().stream().map(record -> Message.of(names, record)).toList();
  }

  @Override
  public void close() {
    driver.close();
  }
}
