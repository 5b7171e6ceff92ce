package io.tollgate.sandbox.demo.workload;

import io.tollgate.events.RejectionReason;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that the demo sends.
 *
 * @param requests in the order in which they are sent
 * @param accounts all accounts, the busiest first
 */
public record Workload(List<Request> requests, List<AccountPlan> accounts) {

  /** How many requests are repeated on purpose. */
  public long duplicates() {
    return requests.stream().filter(request -> request.form() == Form.RETRY).count();
  }

  /** How many requests are broken on purpose, by what they must be rejected for. */
  public Map<RejectionReason, Long> rejections() {
    Map<RejectionReason, Long> rejections = new EnumMap<>(RejectionReason.class);
    for (Request request : requests) {
      RejectionReason reason = request.form().rejection();
      if (reason != null) {
        rejections.merge(reason, 1L, Long::sum);
      }
    }
    return rejections;
  }
}
