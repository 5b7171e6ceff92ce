package io.tollgate.domain;

import static io.tollgate.domain.RejectionReason.LIMIT_EXCEEDED;
import static io.tollgate.domain.RejectionReason.MALFORMED;

import io.tollgate.domain.event.AccountEvent;
import io.tollgate.domain.event.AccountEvent.AccountOpened;
import io.tollgate.domain.event.AccountEvent.AccountReinstated;
import io.tollgate.domain.event.AccountEvent.AccountSuspended;
import io.tollgate.domain.event.AccountEvent.AlertLevelsConfigured;
import io.tollgate.domain.event.AccountEvent.AuthorizationReleased;
import io.tollgate.domain.event.AccountEvent.AuthorizationRequested;
import io.tollgate.domain.event.AccountEvent.AutoRechargeConfigured;
import io.tollgate.domain.event.AccountEvent.CreditGranted;
import io.tollgate.domain.event.AccountEvent.CreditVoided;
import io.tollgate.domain.event.AccountEvent.DisputeUpdated;
import io.tollgate.domain.event.AccountEvent.IssuerCleared;
import io.tollgate.domain.event.AccountEvent.OverdraftConfigured;
import io.tollgate.domain.event.AccountEvent.PaymentFailed;
import io.tollgate.domain.event.AccountEvent.PaymentRefunded;
import io.tollgate.domain.event.AccountEvent.PaymentSucceeded;
import io.tollgate.domain.event.AccountEvent.PhoneVerified;
import io.tollgate.domain.event.AccountEvent.RefundRequested;
import io.tollgate.domain.event.AccountEvent.Reversal;
import io.tollgate.domain.event.AccountEvent.SpendLimitConfigured;
import io.tollgate.domain.event.AccountEvent.SpendLimitScope;
import io.tollgate.domain.event.AccountEvent.UsageEvent;
import io.tollgate.domain.event.AccountEvent.VerificationUpdated;
import io.tollgate.domain.event.Quantities;
import io.tollgate.domain.rating.AccessPolicy;
import io.tollgate.domain.rating.ModelPrices;
import io.tollgate.domain.rating.PriceRow;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Checks that need nothing but the record: whether it makes sense, and keeps within the limits.
 * What makes no sense is found before what is too large; the first finding counts.
 */
public final class Validation {

  private static final Set<String> CURRENCIES =
      Currency.getAvailableCurrencies().stream()
          .map(Currency::getCurrencyCode)
          .collect(Collectors.toUnmodifiableSet());

  private static final Set<String> TOKEN_METERS =
      Set.of(Quantities.INPUT, Quantities.CACHED_INPUT, Quantities.CACHE_WRITE, Quantities.OUTPUT);

  private @Nullable Rejection malformed;
  private @Nullable Rejection tooLarge;

  private Validation() {}

  /** Null if there is nothing to say against it. */
  public static @Nullable Rejection of(AccountEvent event) {
    Validation validation = new Validation();
    validation.check(event);
    return validation.result();
  }

  /** Null if there is nothing to say against them. */
  public static @Nullable Rejection of(ModelPrices prices) {
    Validation validation = new Validation();
    validation.name("model", prices.model());
    validation.names("aliases", prices.aliases());
    validation.size("rows", prices.rows(), Limits.PRICE_ROWS);
    for (PriceRow row : prices.rows()) {
      validation.name("rows.meter", row.meter());
      validation.name("rows.serviceTier", row.serviceTier());
      validation.notNegative("rows.minInputTokens", row.minInputTokens());
      validation.notNegative("rows.nanosPerMillion", row.nanosPerMillion());
      validation.time("rows.effectiveFrom", row.effectiveFrom());
    }
    return validation.result();
  }

  /** Null if there is nothing to say against it. */
  public static @Nullable Rejection of(AccessPolicy policy) {
    Validation validation = new Validation();
    validation.name("model", policy.model());
    validation.size("requirements", policy.requirements(), Limits.LIST_ENTRIES);
    for (AccessPolicy.Requirement requirement : policy.requirements()) {
      validation.name("requirements.capability", requirement.capability());
      validation.id("requirements.policyId", requirement.policyId());
      validation.time("requirements.announcedAt", requirement.announcedAt());
      validation.time("requirements.effectiveFrom", requirement.effectiveFrom());
      validation.optionalTime("requirements.effectiveUntil", requirement.effectiveUntil());
    }
    return validation.result();
  }

  private @Nullable Rejection result() {
    return malformed == null ? tooLarge : malformed;
  }

  private void check(AccountEvent event) {
    boolean purchase = event instanceof PaymentSucceeded;
    notEmpty("accountId", event.accountId());
    if (!purchase) {
      idSize("accountId", event.accountId());
    }
    time("the record's own time", event.occurredAt());
    if (event instanceof UsageEvent usage) {
      check(usage);
    } else if (event instanceof AuthorizationRequested request) {
      check(request);
    } else if (event instanceof AuthorizationReleased released) {
      id("authorizationId", released.authorizationId());
      optionalNotNegative("settledUsage", released.settledUsage());
    } else if (event instanceof PaymentSucceeded payment) {
      sane("accountId", payment.accountId());
      sane("paymentId", payment.paymentId());
      sane("rechargeId", payment.rechargeId());
      sane("cardFingerprint", payment.cardFingerprint());
      payment.intendedModels().forEach(model -> name("intendedModels", model));
      positive("amountNanos", payment.amountNanos());
      currency(payment.currency());
    } else if (event instanceof PaymentRefunded refund) {
      id("refundId", refund.refundId());
      checkReversal(refund);
    } else if (event instanceof DisputeUpdated dispute) {
      id("disputeId", dispute.disputeId());
      checkReversal(dispute);
    } else if (event instanceof RefundRequested request) {
      id("refundRequestId", request.refundRequestId());
      id("paymentId", request.paymentId());
    } else if (event instanceof PaymentFailed failed) {
      check(failed);
    } else if (event instanceof IssuerCleared cleared) {
      optionalId("cardFingerprint", cleared.cardFingerprint());
    } else if (event instanceof AccountSuspended suspended) {
      text("reason", suspended.reason());
    } else if (event instanceof AccountReinstated reinstated) {
      text("reason", reinstated.reason());
    } else if (event instanceof AccountOpened opened) {
      currency(opened.currency());
      text("country", opened.country());
    } else if (event instanceof VerificationUpdated verification) {
      optionalId("identityHash", verification.identityHash());
      text("reason", verification.reason());
    } else if (event instanceof PhoneVerified phone) {
      id("phoneHash", phone.phoneHash());
    } else if (event instanceof SpendLimitConfigured limit) {
      check(limit);
    } else if (event instanceof AutoRechargeConfigured config) {
      check(config);
    } else if (event instanceof AlertLevelsConfigured levels) {
      levels.levelsNanos().forEach(level -> positive("levelsNanos", level));
      size("levelsNanos", levels.levelsNanos(), Limits.LIST_ENTRIES);
    } else if (event instanceof OverdraftConfigured overdraft) {
      notNegative("limitNanos", overdraft.limitNanos());
    } else if (event instanceof CreditGranted grant) {
      check(grant);
    } else if (event instanceof CreditVoided voided) {
      id("grantId", voided.grantId());
      text("reason", voided.reason());
    }
  }

  private void check(UsageEvent usage) {
    id("eventId", usage.eventId());
    name("model", usage.model());
    names("capabilities", usage.capabilities());
    name("serviceTier", usage.serviceTier());
    check(usage.quantities());
    optionalId("authorizationId", usage.authorizationId());
    optionalId("projectId", usage.projectId());
    optionalId("apiKeyId", usage.apiKeyId());
    optionalId("source", usage.source());
  }

  private void checkReversal(Reversal reversal) {
    id("paymentId", reversal.paymentId());
    positive("amountNanos", reversal.amountNanos());
  }

  private void check(AuthorizationRequested request) {
    id("authorizationId", request.authorizationId());
    if (request.model() != null) {
      name("model", request.model());
    } else if (request.amountNanos() == null) {
      malformed("it names neither a model nor amountNanos; say what to hold credit for");
    }
    names("capabilities", request.capabilities());
    name("serviceTier", request.serviceTier());
    check(request.quantities());
    optionalNotNegative("amountNanos", request.amountNanos());
    positive("ttlMillis", request.ttlMillis());
    optionalId("projectId", request.projectId());
    optionalId("apiKeyId", request.apiKeyId());
  }

  private void check(Quantities quantities) {
    notNegative("inputTokens", quantities.inputTokens());
    notNegative("cachedInputTokens", quantities.cachedInputTokens());
    notNegative("cacheWriteTokens", quantities.cacheWriteTokens());
    notNegative("outputTokens", quantities.outputTokens());
    for (Map.Entry<String, Long> unit : quantities.otherUnits().entrySet()) {
      name("otherUnits", unit.getKey());
      notNegative("otherUnits", unit.getValue());
      if (TOKEN_METERS.contains(unit.getKey())) {
        malformed("otherUnits names " + unit.getKey() + ", which has a field of its own");
      }
    }
    size("otherUnits", quantities.otherUnits().keySet(), Limits.LIST_ENTRIES);
  }

  private void check(PaymentFailed failed) {
    id("paymentId", failed.paymentId());
    notNegative("amountNanos", failed.amountNanos());
    currency(failed.currency());
    optionalId("rechargeId", failed.rechargeId());
    optionalId("cardFingerprint", failed.cardFingerprint());
    text("declineCode", failed.declineCode());
    text("adviceCode", failed.adviceCode());
    text("networkAdviceCode", failed.networkAdviceCode());
  }

  private void check(AutoRechargeConfigured config) {
    if (config.targetNanos() < config.thresholdNanos()) {
      malformed("targetNanos is below thresholdNanos; a recharge would never reach it");
    }
    optionalNotNegative("monthlyLimitNanos", config.monthlyLimitNanos());
  }

  private void check(SpendLimitConfigured limit) {
    optionalId("scopeId", limit.scopeId());
    if (limit.scopeId() == null && limit.scope() != SpendLimitScope.ACCOUNT) {
      malformed("scopeId is missing; a limit of a project or an API key names which");
    }
    if (limit.monthlyLimitNanos() != null) {
      notNegative("monthlyLimitNanos", limit.monthlyLimitNanos());
    }
  }

  private void check(CreditGranted grant) {
    id("grantId", grant.grantId());
    positive("amountNanos", grant.amountNanos());
    currency(grant.currency());
    time("effectiveAt", grant.effectiveAt());
    optionalTime("expiresAt", grant.expiresAt());
    text("reason", grant.reason());
  }

  private void id(String field, String value) {
    notEmpty(field, value);
    idSize(field, value);
  }

  private void optionalId(String field, @Nullable String value) {
    if (value != null) {
      id(field, value);
    }
  }

  private void notEmpty(String field, String value) {
    if (value.isEmpty()) {
      malformed(field + " is empty");
    }
  }

  private void idSize(String field, String value) {
    bytes(field, value, Limits.ID_BYTES);
  }

  /** A purchase is not refused for the limit of an id, but what could stop a partition is no id. */
  private void sane(String field, @Nullable String value) {
    if (value != null) {
      notEmpty(field, value);
      if (exceeds(value, Limits.TEXT_BYTES)) {
        malformed("%s has over %d bytes".formatted(field, Limits.TEXT_BYTES));
      }
    }
  }

  private static boolean exceeds(String value, int bytes) {
    return value.length() > bytes || value.getBytes(StandardCharsets.UTF_8).length > bytes;
  }

  private void text(String field, @Nullable String value) {
    if (value != null) {
      bytes(field, value, Limits.TEXT_BYTES);
    }
  }

  private void bytes(String field, String value, int limit) {
    if (exceeds(value, limit)) {
      tooLarge("%s has over %d bytes".formatted(field, limit));
    }
  }

  private void name(String field, String value) {
    notEmpty(field, value);
    if (value.length() > Limits.NAME_CHARACTERS) {
      malformed("%s has over %d characters".formatted(field, Limits.NAME_CHARACTERS));
    }
  }

  private void names(String field, List<String> values) {
    values.forEach(value -> name(field, value));
    size(field, values, Limits.LIST_ENTRIES);
  }

  private void size(String field, Collection<?> values, int limit) {
    if (values.size() > limit) {
      tooLarge("%s has %d entries; at most %d are taken".formatted(field, values.size(), limit));
    }
  }

  private void positive(String field, long value) {
    if (value <= 0) {
      malformed("%s is %d; it must be above 0".formatted(field, value));
    }
  }

  private void notNegative(String field, long value) {
    if (value < 0) {
      malformed("%s is %d; it must not be negative".formatted(field, value));
    }
  }

  private void optionalNotNegative(String field, @Nullable Long value) {
    if (value != null) {
      notNegative(field, value);
    }
  }

  private void currency(String code) {
    if (!CURRENCIES.contains(code)) {
      malformed("currency is no ISO 4217 code");
    }
  }

  private void time(String field, long value) {
    if (value < Limits.MIN_TIME || value > Limits.MAX_TIME) {
      malformed(field + " is outside the years 1970 to 9999");
    }
  }

  private void optionalTime(String field, @Nullable Long value) {
    if (value != null) {
      time(field, value);
    }
  }

  private void malformed(String detail) {
    if (malformed == null) {
      malformed = new Rejection(MALFORMED, detail);
    }
  }

  private void tooLarge(String detail) {
    if (tooLarge == null) {
      tooLarge = new Rejection(LIMIT_EXCEEDED, detail);
    }
  }
}
