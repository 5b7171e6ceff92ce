package io.tollgate.simulator.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether a payment may be refunded, and on which basis (§8). */
final class RefundDecisions {
  private static final Set<String> OPERATORS_WORD =
      Set.of("BILLING_ERROR", "UNAUTHORIZED_USE", "SERVICE_FAILURE", "INCORRECT_RESTRICTION");

  private static final List<String> TESTED =
      List.of("DUPLICATE_PAYMENT", "POLICY_CHANGE_STRANDED", "EU_WITHDRAWAL");

  /** The European Economic Area. */
  private static final Set<String> EEA =
      Set.of(
          "AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE", "IT",
          "LV", "LT", "LU", "MT", "NL", "PL", "PT", "RO", "SK", "SI", "ES", "SE", "IS", "LI", "NO");

  private RefundDecisions() {}

  static void requested(Step step, JsonNode event) {
    String paymentId = Fields.text(event, "paymentId");
    Account.Payment payment = step.account.payments.get(paymentId);
    String basis = payment == null ? null : firstThatHolds(step, payment, event);
    Lot lot = payment == null ? null : Lots.find(step.account, paymentId);
    ObjectNode decided = JsonNodeFactory.instance.objectNode();
    decided.put("refundRequestId", Fields.text(event, "refundRequestId"));
    decided.put("accountId", step.account.id);
    decided.put("paymentId", paymentId);
    decided.put("eligible", basis != null);
    decided.put("basis", basis == null ? "FINAL_SALE" : basis);
    decided.put("maxAmountNanos", lot == null ? 0 : Lots.unfrozen(step.account, lot));
    decided.putArray("evidence");
    decided.put("decidedAt", Times.iso(step.now));
    step.emit("credit-notices", "RefundDecided", decided);
  }

  private static @Nullable String firstThatHolds(
      Step step, Account.Payment payment, JsonNode event) {
    String claimed = Fields.text(event, "basis");
    List<String> bases = new ArrayList<>();
    bases.add(claimed);
    bases.addAll(TESTED);
    return bases.stream().filter(basis -> holds(step, payment, basis)).findFirst().orElse(null);
  }

  private static boolean holds(Step step, Account.Payment payment, String basis) {
    Account account = step.account;
    return switch (basis) {
      case "DUPLICATE_PAYMENT" ->
          account.payments.values().stream().anyMatch(other -> repeats(payment, other));
      case "POLICY_CHANGE_STRANDED" -> Stranding.wasStranded(account, payment.id);
      case "EU_WITHDRAWAL" ->
          account.buyerType.equals("CONSUMER")
              && account.country != null
              && EEA.contains(account.country)
              && step.occurredAt <= payment.occurredAt + 14 * Times.DAY;
      default -> OPERATORS_WORD.contains(basis);
    };
  }

  /** Whether a payment is the later of two with the same amount and card within a day. */
  private static boolean repeats(Account.Payment payment, Account.Payment earlier) {
    boolean isLater =
        payment.occurredAt > earlier.occurredAt
            || (payment.occurredAt == earlier.occurredAt && payment.arrival > earlier.arrival);
    return isLater
        && payment.card != null
        && payment.card.equals(earlier.card)
        && payment.amount == earlier.amount
        && payment.occurredAt - earlier.occurredAt <= Times.DAY;
  }
}
