package io.tollgate.consumers;

import io.tollgate.events.AlertType;
import io.tollgate.events.BalanceAlert;
import io.tollgate.events.UsageBlocked;
import io.tollgate.schemas.TrustedTypes;
import java.time.Instant;

/** Small valid events. */
final class Events {

  static {
    TrustedTypes.trust();
  }

  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private Events() {}

  static BalanceAlert alert(String accountId, String alertId) {
    return BalanceAlert.newBuilder()
        .setAlertId(alertId)
        .setAccountId(accountId)
        .setType(AlertType.LOW_BALANCE)
        .setLevelNanos(5_000_000_000L)
        .setBalanceNanos(4_900_000_000L)
        .setOccurredAt(START)
        .setDetail("Less than 5 USD are left")
        .build();
  }

  static UsageBlocked blocked(String accountId, String id) {
    return UsageBlocked.newBuilder().setId(id).setAccountId(accountId).setOccurredAt(START).build();
  }
}
