package io.tollgate.simulator.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tollgate.simulator.model.ModelOptions;
import io.tollgate.simulator.model.Options;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The model over random histories: its books hold, and the histories reach what they are meant to
 * reach.
 */
class HistoriesTest {
  private static final Options OPTIONS = ModelOptions.fromResources();

  @Test
  void shouldHoldInvariantsForMainJob() {
    runSeeds(Feature.mainJob(), 0, Integer.getInteger("tollgate.model.seeds", 40));
  }

  @Test
  void shouldHoldInvariantsForWholeContract() {
    runSeeds(Feature.all(), 1_000_000, Integer.getInteger("tollgate.model.seeds", 40));
  }

  @Test
  void shouldReachEveryRecordTypeReasonAndAlert() {
    Map<String, Integer> seen = new TreeMap<>();
    for (long seed = 0; seed < 60; seed++) {
      List<ObjectNode> history = new HistoryGenerator(seed, 500, Feature.all(), OPTIONS).generate();
      ModelRun.outputsOf(history, OPTIONS)
          .forEach(lines -> lines.forEach(line -> seen.merge(signature(line), 1, Integer::sum)));
    }
    assertThat(seen.keySet())
        .contains(
            "LedgerEntry USAGE",
            "LedgerEntry PURCHASE",
            "LedgerEntry GRANT",
            "LedgerEntry EXPIRY",
            "LedgerEntry VOID",
            "LedgerEntry REFUND",
            "LedgerEntry REFUND_REVERSAL",
            "LedgerEntry DISPUTE_LOST",
            "AccountBalance",
            "AccountAccess",
            "AccountAccess tombstone",
            "AuthorizationDecided ALLOWED",
            "AuthorizationDecided SPEND_LIMIT_REACHED",
            "AuthorizationDecided UNPRICED_MODEL",
            "AuthorizationDecided INSUFFICIENT_CREDIT",
            "UsageBlocked VERIFICATION_REQUIRED",
            "UsageBlocked INSUFFICIENT_CREDIT",
            "UsageBlocked ACCOUNT_SUSPENDED",
            "RechargeRequested BELOW_THRESHOLD",
            "RechargeRequested DENIED_FOR_CREDIT",
            "RechargeRequested RETRY_AFTER_DECLINE",
            "RechargeRequested UNKNOWN_OUTCOME",
            "TrialDecided",
            "CreditStranded",
            "StrandingCleared",
            "RefundDecided DUPLICATE_PAYMENT",
            "RefundDecided FINAL_SALE",
            "RejectedEvent MALFORMED",
            "RejectedEvent OVERFLOW",
            "RejectedEvent CONFLICTING_DUPLICATE",
            "RejectedEvent TOO_LATE",
            "RejectedEvent IN_THE_FUTURE",
            "RejectedEvent UNPRICED",
            "RejectedEvent CURRENCY_MISMATCH",
            "RejectedEvent OVER_REVERSAL",
            "RejectedEvent LIMIT_EXCEEDED",
            "RejectedEvent MISROUTED",
            "BalanceAlert EXHAUSTED",
            "BalanceAlert LOW_BALANCE",
            "BalanceAlert BALANCE_RECOVERED",
            "BalanceAlert EXPIRY_SOON",
            "BalanceAlert CREDIT_EXPIRED",
            "BalanceAlert OVERDRAFT_WRITTEN_OFF",
            "BalanceAlert SPEND_LIMIT_NEAR",
            "BalanceAlert SPEND_LIMIT_REACHED",
            "BalanceAlert RECHARGE_FAILED",
            "BalanceAlert CONTACT_ISSUER",
            "BalanceAlert CUSTOMER_ACTION_REQUIRED",
            "BalanceAlert RECHARGE_LIMIT_REACHED",
            "BalanceAlert RECHARGE_STALLED",
            "BalanceAlert RECHARGE_DISABLED");
  }

  private static String signature(ObjectNode line) {
    String type = line.path("type").asText();
    if (line.path("value").isNull()) {
      return type + " tombstone";
    }
    String detail =
        switch (type) {
          case "LedgerEntry", "BalanceAlert" -> line.path("value").path("type").asText();
          case "RefundDecided" -> line.path("value").path("basis").asText();
          case "AuthorizationDecided" -> line.path("value").path("reason").asText("ALLOWED");
          case "UsageBlocked", "RechargeRequested", "RejectedEvent" ->
              line.path("value").path("reason").asText();
          default -> "";
        };
    return detail.equals("null") ? type + " ALLOWED" : (type + " " + detail).strip();
  }

  private static void runSeeds(Set<Feature> features, long first, int count) {
    for (long seed = first; seed < first + count; seed++) {
      List<ObjectNode> history = new HistoryGenerator(seed, 500, features, OPTIONS).generate();
      try {
        ModelRun.checkInvariants(history, ModelRun.outputsOf(history, OPTIONS));
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
      }
    }
  }
}
