package io.tollgate.domain.identity;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of one refund or dispute for ever.
 *
 * @param paymentId the payment that it is of
 * @param digests the contents that were taken, by the status that they reported
 * @param status the highest that took effect; null as long as it waits for its payment
 * @param amountNanos what its status takes from the payment, or freezes
 * @param expiredNanos how much of that counted against what had expired
 * @param <S> its statuses, the lowest first
 */
public record ReversalRecord<S extends Enum<S>>(
    String paymentId,
    Map<S, Long> digests,
    @Nullable S status,
    long amountNanos,
    long expiredNanos) {

  public ReversalRecord {
    digests = Collections.unmodifiableMap(new TreeMap<>(digests));
  }

  /** One that nobody has heard of before. */
  public static <S extends Enum<S>> ReversalRecord<S> of(String paymentId) {
    return new ReversalRecord<S>(paymentId, Map.of(), null, 0, 0);
  }

  /** Whether a status that is reported now changes anything: it only rises. */
  public boolean rises(S reported) {
    return status == null || reported.compareTo(status) > 0;
  }

  public ReversalRecord<S> raised(S to, long nanos, long ofExpired) {
    return new ReversalRecord<>(paymentId, digests, to, nanos, ofExpired);
  }

  /** With the identity of this status claimed. */
  public ReversalRecord<S> claimed(S reported, long digest) {
    Map<S, Long> more = new TreeMap<>(digests);
    more.put(reported, digest);
    return new ReversalRecord<>(paymentId, more, status, amountNanos, expiredNanos);
  }

  /** With the identity of this status free again: it was refused in the end. */
  public ReversalRecord<S> unclaimed(S refused) {
    Map<S, Long> fewer = new TreeMap<>(digests);
    fewer.remove(refused);
    return new ReversalRecord<>(paymentId, fewer, status, amountNanos, expiredNanos);
  }
}
