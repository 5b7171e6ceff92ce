package io.tollgate.sandbox.demo;

import io.tollgate.events.UsageEvent;
import io.tollgate.sandbox.demo.workload.Request;
import io.tollgate.schemas.TrustedTypes;
import java.time.Instant;

/** Requests as a gateway reports them. */
final class UsageEvents {

  static {
    TrustedTypes.trust();
  }

  private UsageEvents() {}

  static UsageEvent of(Request request, Instant occurredAt) {
    return UsageEvent.newBuilder()
        .setEventId(request.eventId())
        .setAccountId(request.accountId())
        .setOccurredAt(occurredAt)
        .setModel(request.model())
        .setCapabilities(request.capabilities())
        .setInputTokens(request.inputTokens())
        .setOutputTokens(request.outputTokens())
        .build();
  }
}
