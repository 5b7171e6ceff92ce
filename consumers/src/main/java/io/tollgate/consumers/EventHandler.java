package io.tollgate.consumers;

import org.apache.avro.specific.SpecificRecord;

/**
 * What is done with the events of one type.
 *
 * <p>The same event may come more than once: after a crash, a rebalance, or a failure. Events carry
 * an identity of their own to recognise it by, such as {@code alertId}.
 *
 * @param <T> the type of event
 */
@FunctionalInterface
public interface EventHandler<T extends SpecificRecord> {

  /**
   * Handles an event. Returning normally means that it is done with and is not to come again.
   *
   * @throws Exception to have the same event handed over again later, after a delay; when the
   *     attempts are used up it goes to the dead-letter topic. An {@link Error} stops the consumer.
   */
  void handle(T event) throws Exception;
}
