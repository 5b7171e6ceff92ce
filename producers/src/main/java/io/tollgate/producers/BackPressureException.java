package io.tollgate.producers;

import java.time.Duration;

/**
 * An event that found no room among those in flight; it was not sent. The same event may be sent
 * again later.
 */
public final class BackPressureException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  BackPressureException(int limit, Duration waited) {
    super(
        "%d events are in flight and none was done within %s; the event was not sent. Send it again later, and see whether the brokers can be reached"
            .formatted(limit, waited));
  }
}
