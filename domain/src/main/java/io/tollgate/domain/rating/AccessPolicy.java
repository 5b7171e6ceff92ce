package io.tollgate.domain.rating;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an organisation needs before it may use one model, or some of its capabilities. */
public record AccessPolicy(String model, List<Requirement> requirements) {

  /** The capability that stands for every call of the model. */
  public static final String WHOLE_MODEL = "*";

  public AccessPolicy {
    requirements = List.copyOf(requirements);
  }

  /**
   * A verified organisation is required.
   *
   * @param effectiveUntil end, exclusive; null while no end is known
   */
  public record Requirement(
      String capability,
      String policyId,
      long announcedAt,
      long effectiveFrom,
      @Nullable Long effectiveUntil) {

    /** Whether a call with these capabilities, at that time, falls under it. */
    public boolean covers(List<String> capabilities, long at) {
      return effectiveFrom <= at
          && (effectiveUntil == null || at < effectiveUntil)
          && (capability.equals(WHOLE_MODEL) || capabilities.contains(capability));
    }
  }

  /** The requirements in force for a call with these capabilities, in the policy's order. */
  public List<Requirement> inForce(List<String> capabilities, long at) {
    List<Requirement> inForce = new ArrayList<>(0);
    for (Requirement requirement : requirements) {
      if (requirement.covers(capabilities, at)) {
        inForce.add(requirement);
      }
    }
    return inForce;
  }
}
