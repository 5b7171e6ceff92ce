package io.tollgate.testkit;

import io.tollgate.events.AccessRequirement;
import io.tollgate.events.ModelAccessPolicy;
import io.tollgate.events.Requirement;
import io.tollgate.schemas.TrustedTypes;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** Access policies for tests. */
public final class Policies {

  private static final String WHOLE_MODEL = "*";

  static {
    TrustedTypes.trust();
  }

  private Policies() {}

  /** All requirements of one model. */
  public static ModelAccessPolicy model(String name, AccessRequirement... requirements) {
    return ModelAccessPolicy.newBuilder()
        .setModel(name)
        .setRequirements(List.of(requirements))
        .setVersion(1)
        .build();
  }

  /**
   * Every call of the model needs a verified organisation, announced and in force since 1970;
   * whatever else it should be is set on the requirement.
   */
  @SafeVarargs
  public static AccessRequirement verifiedOrganization(
      String policyId, Consumer<AccessRequirement.Builder>... fields) {
    AccessRequirement.Builder requirement =
        AccessRequirement.newBuilder()
            .setCapability(WHOLE_MODEL)
            .setRequires(Requirement.VERIFIED_ORGANIZATION)
            .setPolicyId(policyId)
            .setAnnouncedAt(Instant.EPOCH)
            .setEffectiveFrom(Instant.EPOCH);
    return Fields.set(requirement, fields).build();
  }
}
