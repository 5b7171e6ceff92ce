package io.tollgate.mapping;

import io.tollgate.domain.Rejection;
import io.tollgate.domain.RejectionReason;
import io.tollgate.domain.Validation;
import io.tollgate.domain.rating.Reference;
import io.tollgate.events.ModelAccessPolicy;
import io.tollgate.events.ModelPrices;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Published prices and policies: which are refused, and what the rest is to the rules. */
public final class ReferenceRecords {

  private ReferenceRecords() {}

  /** Why a record under this key is refused; null if it is not. */
  public static @Nullable Rejection check(SpecificRecord published, byte[] key) {
    String model;
    Rejection invalid;
    if (published instanceof ModelPrices prices) {
      model = prices.getModel();
      invalid = Validation.of(EventMapper.modelPrices(prices));
    } else if (published instanceof ModelAccessPolicy policy) {
      model = policy.getModel();
      invalid = Validation.of(EventMapper.accessPolicy(policy));
    } else {
      throw notOfModels(published);
    }
    boolean misrouted =
        !model.isEmpty() && !Arrays.equals(model.getBytes(StandardCharsets.UTF_8), key);
    return misrouted
        ? new Rejection(
            RejectionReason.MISROUTED, "the record's key is not its model; key records by it")
        : invalid;
  }

  /** Replaces what the rules know of the record's model. */
  public static void put(SpecificRecord published, Reference reference) {
    if (published instanceof ModelPrices prices) {
      reference.put(EventMapper.modelPrices(prices));
    } else if (published instanceof ModelAccessPolicy policy) {
      reference.put(EventMapper.accessPolicy(policy));
    } else {
      throw notOfModels(published);
    }
  }

  private static IllegalStateException notOfModels(SpecificRecord published) {
    return new IllegalStateException("not a record of models: " + published.getSchema().getName());
  }
}
