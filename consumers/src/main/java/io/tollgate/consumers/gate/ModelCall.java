package io.tollgate.consumers.gate;

import io.tollgate.domain.event.Quantities;
import java.util.List;

/**
 * A call to a model that is about to be made.
 *
 * @param model name or alias
 * @param capabilities what the call will use of the model
 * @param serviceTier the tier that will serve it
 * @param estimate the most that it may use: the prompt's tokens, and the limit on generated ones
 */
public record ModelCall(
    String accountId,
    String model,
    List<String> capabilities,
    String serviceTier,
    Quantities estimate) {

  /** Copies what can change. */
  public ModelCall {
    capabilities = List.copyOf(capabilities);
  }
}
