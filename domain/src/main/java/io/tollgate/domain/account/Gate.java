package io.tollgate.domain.account;

import io.tollgate.domain.UtcCalendar;
import io.tollgate.domain.rating.AccessPolicy;
import io.tollgate.domain.rating.AccessPolicy.Requirement;
import io.tollgate.domain.rating.Reference;
import java.util.List;

/** The rule that some models, or some capabilities of a model, need a verified organisation. */
final class Gate {

  private final Reference reference;

  Gate(Reference reference) {
    this.reference = reference;
  }

  /** The requirements that stop a call of the account at that time, in the policy's order. */
  List<Requirement> missing(Account account, String model, List<String> capabilities, long at) {
    return account.verified ? List.of() : reference.requirements(model, capabilities, at);
  }

  /** What a person can do about a requirement that stopped a call. */
  static String remedy(String model, Requirement missing) {
    String what =
        missing.capability().equals(AccessPolicy.WHOLE_MODEL)
            ? "Model " + model
            : "Capability " + missing.capability() + " of model " + model;
    return what
        + " needs a verified organisation since "
        + UtcCalendar.text(missing.effectiveFrom())
        + ". Verify the organisation, or use a model that does not need it.";
  }
}
