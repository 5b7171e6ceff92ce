package io.tollgate.simulator.model;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Notices of purchased money that a policy announced later made useless (§8). */
final class Stranding {
  private Stranding() {}

  static void strand(Step step, List<AccessPolicies.Requirement> blocking) {
    for (AccessPolicies.Requirement requirement : blocking) {
      for (Lot lot : Lots.inDrainOrder(step.account)) {
        boolean concerned = lot.isPurchased() && requirement.announcedAt() > lot.boughtAt;
        if (concerned && !isStranded(step.account, lot.id, requirement.policyId())) {
          step.account.stranded.add(new Account.Stranded(lot.id, requirement.policyId(), false));
          emit(step, "CreditStranded", lot.id, requirement.policyId());
        }
      }
    }
  }

  static void clear(Step step) {
    List<Account.Stranded> cleared = new ArrayList<>();
    for (Account.Stranded stranded : step.account.stranded) {
      if (!stranded.cleared()) {
        emit(step, "StrandingCleared", stranded.lotId(), stranded.policyId());
      }
      cleared.add(new Account.Stranded(stranded.lotId(), stranded.policyId(), true));
    }
    step.account.stranded = cleared;
  }

  private static boolean isStranded(Account account, String lotId, String policyId) {
    return account.stranded.stream()
        .anyMatch(known -> known.lotId().equals(lotId) && known.policyId().equals(policyId));
  }

  static boolean wasStranded(Account account, String lotId) {
    return account.stranded.stream().anyMatch(known -> known.lotId().equals(lotId));
  }

  private static void emit(Step step, String type, String lotId, String policyId) {
    Lot lot = Lots.find(step.account, lotId);
    ObjectNode notice = JsonNodeFactory.instance.objectNode();
    notice.put("accountId", step.account.id);
    notice.put("lotId", lotId);
    notice.put("policyId", policyId);
    notice.put("amountNanos", lot == null ? 0 : lot.remaining);
    notice.put("occurredAt", Times.iso(step.now));
    step.emit("credit-notices", type, notice);
  }
}
