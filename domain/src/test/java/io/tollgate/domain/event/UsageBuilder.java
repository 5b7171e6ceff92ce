package io.tollgate.domain.event;

import io.tollgate.domain.event.AccountEvent.Completion;
import io.tollgate.domain.event.AccountEvent.UsageEvent;
import io.tollgate.domain.event.AccountEvent.UsageSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A usage event in the making: names only what a test is about. */
public final class UsageBuilder {

  private final String eventId;
  private String accountId = "acme";
  private @Nullable Long occurredAt;
  private String model = "metered";
  private List<String> capabilities = List.of();
  private String serviceTier = "standard";
  private Quantities quantities = new Quantities(0, 0, 0, 0, Map.of());
  private @Nullable String authorizationId;
  private @Nullable String projectId;
  private @Nullable String apiKeyId;
  private @Nullable String source;
  private @Nullable Long sequence;
  private Completion completion = Completion.COMPLETE;
  private UsageSource usageSource = UsageSource.PROVIDER;

  private UsageBuilder(String eventId) {
    this.eventId = eventId;
  }

  public static UsageBuilder usage(String eventId) {
    return new UsageBuilder(eventId);
  }

  public UsageBuilder account(String id) {
    accountId = id;
    return this;
  }

  public UsageBuilder occurredAt(long time) {
    occurredAt = time;
    return this;
  }

  public UsageBuilder model(String name) {
    model = name;
    return this;
  }

  public UsageBuilder capabilities(String... names) {
    capabilities = List.of(names);
    return this;
  }

  public UsageBuilder tier(String name) {
    serviceTier = name;
    return this;
  }

  public UsageBuilder input(long tokens) {
    return tokens(tokens, 0, 0, 0);
  }

  public UsageBuilder tokens(long input, long cachedInput, long cacheWrite, long output) {
    quantities = new Quantities(input, cachedInput, cacheWrite, output, quantities.otherUnits());
    return this;
  }

  public UsageBuilder units(Map<String, Long> otherUnits) {
    quantities =
        new Quantities(
            quantities.inputTokens(),
            quantities.cachedInputTokens(),
            quantities.cacheWriteTokens(),
            quantities.outputTokens(),
            otherUnits);
    return this;
  }

  public UsageBuilder authorization(@Nullable String id) {
    authorizationId = id;
    return this;
  }

  public UsageBuilder project(@Nullable String id) {
    projectId = id;
    return this;
  }

  public UsageBuilder apiKey(@Nullable String id) {
    apiKeyId = id;
    return this;
  }

  public UsageBuilder source(@Nullable String name, @Nullable Long number) {
    source = name;
    sequence = number;
    return this;
  }

  public UsageBuilder completion(Completion how) {
    completion = how;
    return this;
  }

  public UsageBuilder usageSource(UsageSource who) {
    usageSource = who;
    return this;
  }

  /** The event; it happened at the given time unless it says otherwise. */
  public UsageEvent build(long defaultTime) {
    return new UsageEvent(
        eventId,
        accountId,
        occurredAt == null ? defaultTime : occurredAt,
        model,
        capabilities,
        serviceTier,
        quantities,
        authorizationId,
        projectId,
        apiKeyId,
        source,
        sequence,
        completion,
        usageSource);
  }
}
