package io.tollgate.schemas.topics;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long a topic keeps its records, and by which rule it forgets them.
 *
 * @param policy the rule
 * @param period how long a record is kept by {@link Policy#DELETE}; null: for ever
 */
public record Retention(Policy policy, @Nullable Duration period) {

  /** Kafka's cleanup policies. */
  public enum Policy {
    /** Forgets records by age. */
    DELETE,
    /** Keeps the last record of each key. */
    COMPACT
  }

  /** Keeps every record this long after it was appended. */
  public static Retention of(Duration period) {
    return new Retention(Policy.DELETE, period);
  }

  /** Keeps every record. */
  public static Retention forever() {
    return new Retention(Policy.DELETE, null);
  }

  /** Keeps the last record of each key. */
  public static Retention lastOfKey() {
    return new Retention(Policy.COMPACT, null);
  }

  /** Whether only the last record of each key is kept. */
  public boolean isCompacted() {
    return policy == Policy.COMPACT;
  }
}
