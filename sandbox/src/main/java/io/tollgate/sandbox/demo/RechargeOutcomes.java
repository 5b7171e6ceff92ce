package io.tollgate.sandbox.demo;

import io.tollgate.domain.DeclineTable;
import io.tollgate.domain.DeclineTable.Decline;
import io.tollgate.events.PaymentFailed;
import io.tollgate.events.RechargeReason;
import io.tollgate.events.RechargeRequested;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What became of the recharges that were requested, as far as the topics tell. */
final class RechargeOutcomes {

  /** The class of a code that the table does not know. */
  static final String UNKNOWN_CODE = "UNKNOWN_CODE";

  private final DeclineTable declines;
  private final Set<String> requested = new HashSet<>();
  private final Set<String> succeeded = new HashSet<>();
  private final Set<String> declined = new HashSet<>();
  private final Set<String> declinedAttempts = new HashSet<>();
  private final Map<String, Long> declinesByClass = new TreeMap<>();
  private long sentAgain;

  RechargeOutcomes(DeclineTable declines) {
    this.declines = declines;
  }

  void add(RechargeRequested request) {
    requested.add(request.getRechargeId());
    if (request.getReason() == RechargeReason.UNKNOWN_OUTCOME) {
      sentAgain++;
    }
  }

  /** A decline as the provider told it; told again, it is the same one. */
  void add(PaymentFailed decline) {
    String rechargeId = decline.getRechargeId();
    if (rechargeId == null || !declinedAttempts.add(decline.getPaymentId())) {
      return;
    }
    declined.add(rechargeId);
    Decline known =
        declines.find(
            decline.getNetworkAdviceCode(), decline.getAdviceCode(), decline.getDeclineCode());
    declinesByClass.merge(
        known == null ? UNKNOWN_CODE : known.declineClass().name(), 1L, Long::sum);
  }

  /** The ledger credits a recharge. */
  void addCredited(String rechargeId) {
    succeeded.add(rechargeId);
  }

  /** Recharges, however often they were asked for. */
  long requested() {
    return requested.size();
  }

  /** Recharges that the ledger credits. */
  long succeeded() {
    return succeeded.size();
  }

  /** Declines of attempts, by class of their codes. */
  Map<String, Long> declinesByClass() {
    return declinesByClass;
  }

  /** Requests that were sent again because nothing was heard. */
  long sentAgain() {
    return sentAgain;
  }

  /** Recharges of which nothing has been heard. */
  long unanswered() {
    return requested.stream()
        .filter(id -> !succeeded.contains(id) && !declined.contains(id))
        .count();
  }
}
