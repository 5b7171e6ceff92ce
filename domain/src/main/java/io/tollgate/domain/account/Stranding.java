package io.tollgate.domain.account;

import io.tollgate.domain.Limits;
import io.tollgate.domain.effect.Effect.CreditStranded;
import io.tollgate.domain.effect.Effect.StrandingCleared;
import io.tollgate.domain.identity.Memory;
import io.tollgate.domain.identity.PaymentRecord;
import io.tollgate.domain.identity.Remembered;
import io.tollgate.domain.rating.AccessPolicy.Requirement;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Money of an account that was bought before a policy was announced which now keeps it from being
 * used: noticed once for each lot and policy, and cleared when the account is verified.
 */
final class Stranding {

  record Stranded(String lotId, String policyId) {}

  /** Noticed and not cleared, in that order. Never changed, but replaced. */
  Set<Stranded> open = Set.of();

  Stranding copy() {
    Stranding copy = new Stranding();
    copy.open = open;
    return copy;
  }

  /**
   * Notices what usage or an authorization was blocked by.
   *
   * @param requirements all that block it, not only the one that it was told
   */
  static void blocked(Step step, Memory memory, List<Requirement> requirements) {
    for (Requirement requirement : requirements) {
      for (Lot lot : step.account.books.lots) {
        if (lot.purchased() && requirement.announcedAt() > lot.boughtAt()) {
          step.account.stranding.strand(step, memory, lot, requirement.policyId());
        }
      }
    }
  }

  private void strand(Step step, Memory memory, Lot lot, String policyId) {
    Stranded stranded = new Stranded(lot.lotId(), policyId);
    if (open.contains(stranded) || open.size() >= Limits.STRANDINGS) {
      return;
    }
    PaymentRecord payment = new PaymentBook(step, memory).get(lot.lotId());
    if (payment.strandedBy().contains(policyId)
        || payment.strandedBy().size() >= Limits.STRANDINGS) {
      return;
    }
    Set<Stranded> more = new LinkedHashSet<>(open);
    more.add(stranded);
    open = Collections.unmodifiableSet(more);
    step.remember(new Remembered.Payment(lot.lotId(), payment.withStrandedBy(policyId)));
    step.emit(
        new CreditStranded(step.account.id, lot.lotId(), policyId, lot.remaining(), step.time));
  }

  /** The account has been verified: nothing is stranded any more. */
  static void cleared(Step step) {
    for (Stranded stranded : step.account.stranding.open) {
      Lot lot = step.account.books.boughtLot(stranded.lotId());
      step.emit(
          new StrandingCleared(
              step.account.id,
              stranded.lotId(),
              stranded.policyId(),
              lot == null ? 0 : lot.remaining(),
              step.time));
    }
    step.account.stranding.open = Set.of();
  }
}
