package io.tollgate.streams.processor;

import io.tollgate.domain.Rejection;
import io.tollgate.domain.RejectionReason;
import io.tollgate.streams.config.SourceOffset;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Records that an operator has passed over, because they showed a fault of ours. */
final class Quarantine {

  private Quarantine() {}

  /** Why the record is passed over; null if it is not. */
  static @Nullable Rejection find(
      Set<SourceOffset> quarantine, String topic, int partition, long offset) {
    return quarantine.contains(new SourceOffset(topic, partition, offset))
        ? new Rejection(
            RejectionReason.QUARANTINED, "an operator had this record passed over; replay it later")
        : null;
  }
}
