package io.tollgate.domain.event;

import io.tollgate.domain.event.AccountEvent.AuthorizationPurpose;
import io.tollgate.domain.event.AccountEvent.AuthorizationRequested;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request for authorization in the making: names only what a test is about. */
public final class AuthorizationBuilder {

  private final String authorizationId;
  private AuthorizationPurpose purpose = AuthorizationPurpose.REQUEST;
  private @Nullable String model = "metered";
  private List<String> capabilities = List.of();
  private String serviceTier = "standard";
  private Quantities quantities = new Quantities(0, 0, 0, 0, Map.of());
  private @Nullable Long amountNanos;
  private long ttlMillis = 600_000;
  private @Nullable Long requestedAt;
  private @Nullable String projectId;
  private @Nullable String apiKeyId;

  private AuthorizationBuilder(String authorizationId) {
    this.authorizationId = authorizationId;
  }

  public static AuthorizationBuilder authorization(String authorizationId) {
    return new AuthorizationBuilder(authorizationId);
  }

  public AuthorizationBuilder lease() {
    purpose = AuthorizationPurpose.LEASE;
    return this;
  }

  public AuthorizationBuilder model(@Nullable String name) {
    model = name;
    return this;
  }

  public AuthorizationBuilder capabilities(String... names) {
    capabilities = List.of(names);
    return this;
  }

  public AuthorizationBuilder tier(String name) {
    serviceTier = name;
    return this;
  }

  public AuthorizationBuilder input(long tokens) {
    return quantities(new Quantities(tokens, 0, 0, 0, Map.of()));
  }

  public AuthorizationBuilder quantities(Quantities estimate) {
    quantities = estimate;
    return this;
  }

  public AuthorizationBuilder amount(@Nullable Long nanos) {
    amountNanos = nanos;
    return this;
  }

  public AuthorizationBuilder ttl(long millis) {
    ttlMillis = millis;
    return this;
  }

  public AuthorizationBuilder requestedAt(long time) {
    requestedAt = time;
    return this;
  }

  public AuthorizationBuilder project(String id) {
    projectId = id;
    return this;
  }

  public AuthorizationBuilder apiKey(String id) {
    apiKeyId = id;
    return this;
  }

  /**
   * Builds the event.
   *
   * @param now when it was requested, unless that was set
   */
  public AuthorizationRequested build(long now) {
    return new AuthorizationRequested(
        authorizationId,
        "acme",
        requestedAt == null ? now : requestedAt,
        purpose,
        model,
        capabilities,
        serviceTier,
        quantities,
        amountNanos,
        ttlMillis,
        projectId,
        apiKeyId);
  }
}
