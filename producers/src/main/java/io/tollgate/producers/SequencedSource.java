package io.tollgate.producers;

import io.tollgate.events.UsageEvent;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The stream of usage events of one start of a gateway: gives each an id and the next number.
 *
 * <p>Each start is a source of its own. A number that is used twice would be a call that nobody
 * pays for, and only a source that starts anew needs no memory of its numbers that could be lost.
 */
final class SequencedSource {

  /** Leaves room for the id of the start within the limit of a source. */
  private static final int NAME_BYTES = 200;

  private final InstantSource clock;
  private final EventIds ids;
  private final String id;
  private final AtomicLong sequence = new AtomicLong();

  /**
   * @throws IllegalArgumentException if the gateway's name is blank or too long
   */
  SequencedSource(String name, InstantSource clock) {
    if (name.isBlank() || name.getBytes(StandardCharsets.UTF_8).length > NAME_BYTES) {
      throw new IllegalArgumentException(
          "the name of a usage producer must not be blank, and have at most %d bytes of UTF-8"
              .formatted(NAME_BYTES));
    }
    this.clock = clock;
    this.ids = new EventIds(clock);
    this.id = name + "/" + ids.next();
  }

  String id() {
    return id;
  }

  UsageEvent stamp(UsageEvent.Builder call) {
    UsageEvent.Builder stamped = UsageEvent.newBuilder(call);
    if (!stamped.hasOccurredAt()) {
      stamped.setOccurredAt(clock.instant());
    }
    if (!stamped.hasEventId()) {
      if (stamped.hasSource() || stamped.hasSequence()) {
        throw new IllegalArgumentException(
            "A UsageEvent with a source or a sequence needs the eventId that it was given with"
                + " them");
      }
      stamped.setEventId(ids.next()).setSource(id).setSequence(sequence.incrementAndGet());
    }
    return stamped.build();
  }
}
