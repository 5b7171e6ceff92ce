package io.tollgate.producers;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Counts of failed deliveries: all of them, and those that nobody has looked at. */
final class DeliveryFailures {

  private final AtomicLong total = new AtomicLong();
  private final AtomicLong unseen = new AtomicLong();
  private final AtomicReference<@Nullable Throwable> first = new AtomicReference<>();

  void failed(Throwable failure, boolean seen) {
    first.compareAndSet(null, failure);
    total.incrementAndGet();
    if (!seen) {
      unseen.incrementAndGet();
    }
  }

  void seen() {
    unseen.decrementAndGet();
  }

  long total() {
    return total.get();
  }

  void throwIfUnseen() {
    long count = unseen.get();
    if (count > 0) {
      throw new DeliveryException(count, first.get());
    }
  }
}
