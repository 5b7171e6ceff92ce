package io.tollgate.domain.identity;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an ALLOWED authorization named: its usage passes suspension, and the gate for this.
 *
 * @param model by the name that it used, own or alias; null: it asked for an amount only
 */
public record Permit(@Nullable String model, List<String> capabilities) {

  public Permit {
    capabilities = List.copyOf(capabilities);
  }
}
