package io.tollgate.producers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.tollgate.events.UsageEvent;
import io.tollgate.schemas.TrustedTypes;

/**
 * Reports calls to models, as a gateway measured them.
 *
 * <pre>{@code
 * usage.send(UsageProducer.event("acme", "gpt-5").setInputTokens(700).setOutputTokens(500));
 * }</pre>
 *
 * <p>A call without an id gets one when it is sent, a UUIDv7, and with it this producer's {@link
 * #source} and the next number of its sequence. A call that has an id, such as one that a gateway
 * logged before, goes out as it is: source and number are part of what is compared when an id comes
 * twice, so they are given with the id, once, or not at all.
 */
public final class UsageProducer extends TopicProducer {

  static {
    TrustedTypes.trust(); // for the builder
  }

  private final SequencedSource source;

  UsageProducer(SequencedSource source, EventProducer events) {
    super(events);
    this.source = source;
  }

  /** The beginning of a call's report; what is not set has the schema's default. */
  public static UsageEvent.Builder event(String accountId, String model) {
    return UsageEvent.newBuilder().setAccountId(accountId).setModel(model);
  }

  /** Names the sequence of this producer's events: the gateway's name, and an id of this start. */
  public String source() {
    return source.id();
  }

  /**
   * Reports a call. Each time it reports another one, unless the builder has an id; to send the
   * same call again, send its {@link Delivery#event}.
   *
   * @see #send(UsageEvent)
   */
  @CanIgnoreReturnValue
  public Delivery<UsageEvent> send(UsageEvent.Builder call) {
    return send(stamp(call));
  }

  /**
   * Reports a call as it is, for the first time or again: the same id is charged once.
   *
   * @return the outcome; to ignore it is safe, {@link #close} throws what nobody looked at
   * @throws InvalidEventException if the pipeline would reject the event
   * @throws IllegalArgumentException if it has no account, or lacks a field that must have a value
   * @throws BackPressureException if there was no room for it in time
   * @throws IllegalStateException if the producer is closed
   */
  @CanIgnoreReturnValue
  public Delivery<UsageEvent> send(UsageEvent event) {
    return deliver(event);
  }

  /**
   * The event that {@link #send(UsageEvent.Builder)} would send: with an id, source and number if
   * it has no id, and with the present as its time if it has none.
   *
   * <p>To lose nothing when the process dies, store it before it is sent, and send it again after
   * the restart if it is not known to be acknowledged.
   *
   * @throws IllegalArgumentException if it has a source or a number, but no id
   */
  public UsageEvent stamp(UsageEvent.Builder call) {
    return source.stamp(call);
  }
}
