package io.tollgate.domain.event;

import io.tollgate.domain.event.AccountEvent.CreditGranted;
import io.tollgate.domain.event.AccountEvent.GrantKind;
import org.jspecify.annotations.Nullable;

/** A grant in the making: names only what a test is about. */
public final class GrantBuilder {

  private final String grantId;
  private final long amountNanos;
  private String accountId = "acme";
  private GrantKind kind = GrantKind.PROMOTIONAL;
  private String currency = "USD";
  private @Nullable Long effectiveAt;
  private @Nullable Long expiresAt;
  private @Nullable Integer priority;
  private @Nullable String reason;
  private @Nullable Long occurredAt;

  private GrantBuilder(String grantId, long amountNanos) {
    this.grantId = grantId;
    this.amountNanos = amountNanos;
  }

  public static GrantBuilder grant(String grantId, long amountNanos) {
    return new GrantBuilder(grantId, amountNanos);
  }

  public GrantBuilder account(String id) {
    accountId = id;
    return this;
  }

  public GrantBuilder kind(GrantKind of) {
    kind = of;
    return this;
  }

  public GrantBuilder currency(String code) {
    currency = code;
    return this;
  }

  public GrantBuilder effectiveAt(long time) {
    effectiveAt = time;
    return this;
  }

  public GrantBuilder expiresAt(long time) {
    expiresAt = time;
    return this;
  }

  public GrantBuilder priority(int number) {
    priority = number;
    return this;
  }

  public GrantBuilder reason(String text) {
    reason = text;
    return this;
  }

  public GrantBuilder occurredAt(long time) {
    occurredAt = time;
    return this;
  }

  /** The event; it happens, and takes effect, at the given time unless it says otherwise. */
  public CreditGranted build(long defaultTime) {
    return new CreditGranted(
        grantId,
        accountId,
        kind,
        amountNanos,
        currency,
        effectiveAt == null ? defaultTime : effectiveAt,
        expiresAt,
        priority,
        reason,
        occurredAt == null ? defaultTime : occurredAt);
  }
}
