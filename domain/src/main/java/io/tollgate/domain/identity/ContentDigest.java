package io.tollgate.domain.identity;

import io.tollgate.domain.event.AccountEvent.AuthorizationPurpose;
import io.tollgate.domain.event.AccountEvent.AuthorizationReleased;
import io.tollgate.domain.event.AccountEvent.AuthorizationRequested;
import io.tollgate.domain.event.AccountEvent.Completion;
import io.tollgate.domain.event.AccountEvent.CreditGranted;
import io.tollgate.domain.event.AccountEvent.CreditVoided;
import io.tollgate.domain.event.AccountEvent.GrantKind;
import io.tollgate.domain.event.AccountEvent.PaymentFailed;
import io.tollgate.domain.event.AccountEvent.PaymentSucceeded;
import io.tollgate.domain.event.AccountEvent.RefundBasis;
import io.tollgate.domain.event.AccountEvent.RefundRequested;
import io.tollgate.domain.event.AccountEvent.Reversal;
import io.tollgate.domain.event.AccountEvent.UsageEvent;
import io.tollgate.domain.event.AccountEvent.UsageSource;
import io.tollgate.domain.event.Quantities;
import java.util.List;

/**
 * What makes two records with one identity the same record: every field but the identity itself and
 * the record's own time.
 */
public final class ContentDigest {

  private ContentDigest() {}

  public static long of(UsageEvent event) {
    return call(event.capabilities(), event.serviceTier(), event.quantities())
        .field("model", event.model())
        .optionalText("authorizationId", event.authorizationId())
        .optionalText("projectId", event.projectId())
        .optionalText("apiKeyId", event.apiKeyId())
        .optionalText("source", event.source())
        .optional("sequence", event.sequence())
        .field("completion", event.completion(), Completion.COMPLETE)
        .field("usageSource", event.usageSource(), UsageSource.PROVIDER)
        .value();
  }

  public static long of(AuthorizationRequested event) {
    return call(event.capabilities(), event.serviceTier(), event.quantities())
        .field("purpose", event.purpose(), AuthorizationPurpose.REQUEST)
        .optionalText("model", event.model())
        .optional("amountNanos", event.amountNanos())
        .field("ttlMillis", event.ttlMillis())
        .optionalText("projectId", event.projectId())
        .optionalText("apiKeyId", event.apiKeyId())
        .value();
  }

  private static Digest call(List<String> capabilities, String serviceTier, Quantities quantities) {
    return new Digest()
        .field("capabilities", capabilities)
        .field("serviceTier", serviceTier, "standard")
        .field("inputTokens", quantities.inputTokens())
        .field("cachedInputTokens", quantities.cachedInputTokens())
        .field("cacheWriteTokens", quantities.cacheWriteTokens())
        .field("outputTokens", quantities.outputTokens())
        .field("otherUnits", quantities.otherUnits());
  }

  public static long of(AuthorizationReleased event) {
    return new Digest().optional("settledUsage", event.settledUsage()).value();
  }

  public static long of(PaymentSucceeded event) {
    return new Digest()
        .field("amountNanos", event.amountNanos())
        .field("currency", event.currency(), "USD")
        .optionalText("rechargeId", event.rechargeId())
        .optional("attempt", event.attempt())
        .optionalText("cardFingerprint", event.cardFingerprint())
        .field("intendedModels", event.intendedModels())
        .value();
  }

  /** The status belongs to the identity. */
  public static long of(Reversal event) {
    return new Digest()
        .field("paymentId", event.paymentId())
        .field("amountNanos", event.amountNanos())
        .value();
  }

  public static long of(RefundRequested event) {
    return new Digest()
        .field("paymentId", event.paymentId())
        .field("basis", event.basis(), RefundBasis.OTHER)
        .value();
  }

  public static long of(PaymentFailed event) {
    return new Digest()
        .field("amountNanos", event.amountNanos())
        .field("currency", event.currency(), "USD")
        .optionalText("rechargeId", event.rechargeId())
        .field("declineCode", event.declineCode())
        .optionalText("adviceCode", event.adviceCode())
        .optionalText("networkAdviceCode", event.networkAdviceCode())
        .optionalText("cardFingerprint", event.cardFingerprint())
        .value();
  }

  public static long of(CreditGranted event) {
    return new Digest()
        .field("kind", event.kind(), GrantKind.PROMOTIONAL)
        .field("amountNanos", event.amountNanos())
        .field("currency", event.currency(), "USD")
        .field("effectiveAt", event.effectiveAt())
        .optional("expiresAt", event.expiresAt())
        .optional("priority", event.priority())
        .optionalText("reason", event.reason())
        .value();
  }

  public static long of(CreditVoided event) {
    return new Digest().optionalText("reason", event.reason()).value();
  }
}
