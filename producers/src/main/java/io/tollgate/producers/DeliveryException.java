package io.tollgate.producers;

import org.jspecify.annotations.Nullable;

/** Events that Kafka did not take, and whose sender did not notice. */
public final class DeliveryException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final long failures;

  DeliveryException(long failures, @Nullable Throwable first) {
    super(
        "%d %s not delivered; the first failure: %s"
            .formatted(failures, failures == 1 ? "event was" : "events were", first),
        first);
    this.failures = failures;
  }

  /** How many events were lost without notice. */
  public long failures() {
    return failures;
  }
}
