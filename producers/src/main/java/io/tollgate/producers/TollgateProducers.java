package io.tollgate.producers;

import io.tollgate.schemas.TrustedTypes;
import java.time.Clock;
import java.util.function.Supplier;

/**
 * Where producers of one installation come from. Each has a connection of its own, which it closes.
 *
 * <p>Builders of events work from the moment this class is used; who builds events before calls
 * {@link TrustedTypes#trust()} first.
 */
public final class TollgateProducers {

  static {
    TrustedTypes.trust();
  }

  private final Supplier<EventProducer> connections;

  private TollgateProducers(ProducerSettings settings) {
    this.connections = () -> new EventProducer(settings);
  }

  /**
   * Producers for the installation with the default topic prefix.
   *
   * @param bootstrapServers brokers to start from, as {@code host:port,…}
   */
  public static TollgateProducers connect(String bootstrapServers) {
    return connect(ProducerSettings.of(bootstrapServers));
  }

  /** Producers with these settings. */
  public static TollgateProducers connect(ProducerSettings settings) {
    return new TollgateProducers(settings);
  }

  /**
   * A producer of usage events.
   *
   * @param name of the gateway or service that reports, such as {@code gateway-1}
   * @throws IllegalArgumentException if it is blank, or has more than 200 bytes of UTF-8
   */
  public UsageProducer usage(String name) {
    return new UsageProducer(new SequencedSource(name, Clock.systemUTC()), connections.get());
  }

  /** A producer of payment events. */
  public PaymentProducer payments() {
    return new PaymentProducer(connections.get());
  }

  /** A producer of account events. */
  public AccountProducer accounts() {
    return new AccountProducer(connections.get());
  }

  /** A producer of events of any type, prices and access policies included. */
  public EventProducer events() {
    return connections.get();
  }
}
