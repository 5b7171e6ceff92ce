package io.tollgate.producers.adapters;

import io.tollgate.events.Completion;
import io.tollgate.events.UsageEvent;
import io.tollgate.events.UsageSource;
import java.util.Map;

/** Calls whose stream was cut before the provider told their usage. */
public final class CutStream {

  private CutStream() {}

  /**
   * A call by the gateway's own estimate. What was sent and received by then is what the customer
   * owes; zero would be free usage for whoever hangs up in time. Account and model are the caller's
   * to set.
   *
   * @param inputTokens tokens of the request, from 0
   * @param outputTokens tokens received by then, from 0
   * @throws AdapterException if both are 0
   */
  public static UsageEvent.Builder estimate(long inputTokens, long outputTokens) {
    return estimated(new Parts(inputTokens, 0, 0, outputTokens, Map.of()));
  }

  static UsageEvent.Builder estimated(Parts parts) {
    return parts.charged().setCompletion(Completion.ABORTED).setUsageSource(UsageSource.ESTIMATED);
  }
}
