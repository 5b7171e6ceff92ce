package io.tollgate.consumers.gate;

import io.tollgate.domain.Rejection;
import io.tollgate.domain.Validation;
import io.tollgate.domain.rating.AccessPolicy;
import io.tollgate.domain.rating.ModelPrices;
import io.tollgate.events.ModelAccessPolicy;
import io.tollgate.mapping.EventMapper;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The last valid record of every model: what the pipeline rejects changes nothing here either. */
final class ModelRecords {

  private final Map<String, ModelPrices> prices = new HashMap<>();
  private final Map<String, AccessPolicy> policies = new HashMap<>();

  /**
   * Takes over prices.
   *
   * @param published null: the model has none any more
   * @return why they are not taken over; null if they are
   */
  @Nullable Rejection putPrices(String model, io.tollgate.events.@Nullable ModelPrices published) {
    if (published == null) {
      prices.remove(model);
      return null;
    }
    ModelPrices mapped = EventMapper.modelPrices(published);
    Rejection invalid = Validation.of(mapped);
    if (invalid == null) {
      prices.put(model, mapped);
    }
    return invalid;
  }

  /**
   * Takes over requirements.
   *
   * @param published null: the model has none any more
   * @return why they are not taken over; null if they are
   */
  @Nullable Rejection putPolicy(String model, @Nullable ModelAccessPolicy published) {
    if (published == null) {
      policies.remove(model);
      return null;
    }
    AccessPolicy mapped = EventMapper.accessPolicy(published);
    Rejection invalid = Validation.of(mapped);
    if (invalid == null) {
      policies.put(model, mapped);
    }
    return invalid;
  }

  ModelTable table() {
    return new ModelTable(prices.values(), policies.values());
  }
}
