package io.tollgate.domain.account;

import io.tollgate.domain.identity.Permit;
import io.tollgate.domain.rating.AccessPolicy;
import io.tollgate.domain.rating.AccessPolicy.Requirement;
import io.tollgate.domain.rating.Reference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rule that some models, or some capabilities of a model, need a verified organisation. */
final class Gate {

  private final Reference reference;

  Gate(Reference reference) {
    this.reference = reference;
  }

  /**
   * The requirements that stop a call of the account at that time, in the policy's order.
   *
   * @param permit of an ALLOWED authorization: what that has passed does not stop it again
   */
  List<Requirement> missing(
      Account account, String model, List<String> capabilities, long at, @Nullable Permit permit) {
    if (account.verified) {
      return List.of();
    }
    List<Requirement> inForce = reference.requirements(model, capabilities, at);
    return permit == null || !isOf(permit, model)
        ? inForce
        : inForce.stream().filter(requirement -> !covers(permit, requirement)).toList();
  }

  private boolean isOf(Permit permit, String model) {
    return permit.model() != null
        && reference.resolve(permit.model()).equals(reference.resolve(model));
  }

  private static boolean covers(Permit permit, Requirement requirement) {
    return requirement.capability().equals(AccessPolicy.WHOLE_MODEL)
        || permit.capabilities().contains(requirement.capability());
  }
}
