package io.tollgate.cli.explain;

import io.tollgate.cli.Money;
import io.tollgate.cli.explain.History.Found;
import io.tollgate.cli.explain.Story.Moment;
import io.tollgate.domain.UtcCalendar;
import io.tollgate.events.AccountAccess;
import io.tollgate.events.AccountReinstated;
import io.tollgate.events.AccountStatus;
import io.tollgate.events.AccountSuspended;
import io.tollgate.events.AlertType;
import io.tollgate.events.AuthorizationRequested;
import io.tollgate.events.BalanceAlert;
import io.tollgate.events.CreditStranded;
import io.tollgate.events.SpendLimitConfigured;
import io.tollgate.events.SpendLimitEnforcement;
import io.tollgate.events.SpendLimitScope;
import io.tollgate.events.StrandingCleared;
import io.tollgate.events.UsageBlocked;
import io.tollgate.events.VerificationUpdated;
import io.tollgate.schemas.json.IsoMillis;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Why usage was blocked or an authorization denied: by which rule, what stands behind it, whether
 * it has been cleared since, and the remedy.
 */
final class BlockStory {

  private final History history;
  private final Policies policies;
  private final UsageBlocked block;

  /** When it was decided, as near as its topic tells. */
  private final Instant decidedAt;

  private final List<String> details = new ArrayList<>();
  private final List<Moment> moments = new ArrayList<>();
  private boolean cleared;

  private BlockStory(History history, Policies policies, Found<UsageBlocked> found) {
    this.history = history;
    this.policies = policies;
    this.block = found.value();
    this.decidedAt = found.source().timestamp();
    moments.add(
        new Moment(
            decidedAt,
            "%s, for a call of %s"
                .formatted(
                    block.getServed() ? "blocked" : "denied",
                    IsoMillis.format(block.getOccurredAt())),
            found.source()));
  }

  static Story of(History history, Policies policies, Found<UsageBlocked> found) {
    return new BlockStory(history, policies, found).tell();
  }

  private Story tell() {
    switch (block.getReason()) {
      case VERIFICATION_REQUIRED -> tellGate();
      case INSUFFICIENT_CREDIT ->
          details.add(
              block.getServed()
                  ? "neither credit nor overdraft could pay any of it"
                  : "less was available than it asked for");
      case SPEND_LIMIT_REACHED -> tellLimits();
      case ACCOUNT_SUSPENDED -> tellSuspension();
      case UNPRICED_MODEL -> details.add("the model has no price");
    }
    details.add(
        "it would have cost " + Money.format(block.getWouldHaveCostNanos(), history.currency()));
    moments.sort(Comparator.comparing(Moment::at));
    return new Story(
        "block",
        block.getId(),
        block.getAccountId(),
        "%s %s%s was %s: %s"
            .formatted(
                block.getServed() ? "Usage" : "Authorization",
                block.getId(),
                block.getModel() == null ? "" : " of " + block.getModel(),
                block.getServed() ? "blocked, served but not charged" : "denied",
                block.getReason()),
        details,
        moments,
        cleared ? List.of() : List.of(block.getRemedy()));
  }

  private void tellGate() {
    details.add("the model, or what was used of it, needs a verified organisation");
    String policyId = block.getPolicyId();
    if (policyId != null) {
      details.add(policies.describe(block.getModel(), policyId, decidedAt));
      tellStranding(policyId);
    }
    for (Found<VerificationUpdated> found : history.all(VerificationUpdated.class)) {
      if (isSince(found)) {
        String reason = found.value().getReason();
        moments.add(
            new Moment(
                found.source().timestamp(),
                "verification: %s%s"
                    .formatted(
                        found.value().getStatus(), reason == null ? "" : " (" + reason + ")"),
                found.source()));
      }
    }
    cleared = history.last(AccountAccess.class).map(AccountAccess::getVerified).orElse(false);
    details.add(
        cleared
            ? "cleared since: the account is verified now"
            : "not cleared: the account is not verified");
  }

  private void tellStranding(String policyId) {
    for (Found<CreditStranded> found : history.all(CreditStranded.class)) {
      CreditStranded stranded = found.value();
      if (stranded.getPolicyId().equals(policyId)) {
        moments.add(
            new Moment(
                stranded.getOccurredAt(),
                "%s of credit %s were stranded: bought before the policy was announced"
                    .formatted(money(stranded.getAmountNanos()), stranded.getLotId()),
                found.source()));
      }
    }
    for (Found<StrandingCleared> found : history.all(StrandingCleared.class)) {
      StrandingCleared cleared = found.value();
      if (cleared.getPolicyId().equals(policyId)) {
        moments.add(
            new Moment(
                cleared.getOccurredAt(),
                "%s of credit %s are no longer stranded"
                    .formatted(money(cleared.getAmountNanos()), cleared.getLotId()),
                found.source()));
      }
    }
  }

  private void tellLimits() {
    Map<String, Found<SpendLimitConfigured>> limits = new LinkedHashMap<>();
    for (Found<SpendLimitConfigured> found : history.all(SpendLimitConfigured.class)) {
      if (!isSince(found) && mayBind(found.value())) {
        limits.merge(
            scope(found.value()),
            found,
            (before, after) ->
                after.value().getOccurredAt().isBefore(before.value().getOccurredAt())
                    ? before
                    : after);
      }
    }
    limits.values().stream()
        .filter(found -> found.value().getEnforcement() == SpendLimitEnforcement.BLOCK)
        .forEach(this::tellLimit);
    if (details.isEmpty()) {
      details.add(
          "a spend limit of the month was reached; its settings are not in the topic any more");
    }
  }

  private void tellLimit(Found<SpendLimitConfigured> found) {
    SpendLimitConfigured limit = found.value();
    Long monthly = limit.getMonthlyLimitNanos();
    if (monthly == null) {
      return;
    }
    String month = UtcCalendar.monthText(UtcCalendar.monthOf(block.getOccurredAt().toEpochMilli()));
    String alertId =
        "%s:%s:%s:%s"
            .formatted(history.accountId(), AlertType.SPEND_LIMIT_REACHED, scope(limit), month);
    List<Found<BalanceAlert>> reached =
        history.all(BalanceAlert.class).stream()
            .filter(alert -> alert.value().getAlertId().equals(alertId))
            .toList();
    reached.forEach(
        alert ->
            moments.add(
                new Moment(
                    alert.value().getOccurredAt(),
                    "alert SPEND_LIMIT_REACHED: " + alert.value().getDetail(),
                    alert.source())));
    details.add(
        "%s may spend %s a month and is blocked beyond, set %s%s"
            .formatted(
                words(limit),
                money(monthly),
                IsoMillis.format(limit.getOccurredAt()),
                reached.isEmpty() ? "" : "; it was reached in " + month));
    moments.add(new Moment(found.source().timestamp(), "spend limit set", found.source()));
  }

  /** Whether the limit is of a scope that the call was in, as far as its request is known. */
  private boolean mayBind(SpendLimitConfigured limit) {
    AuthorizationRequested request =
        history.all(AuthorizationRequested.class).stream()
            .map(Found::value)
            .filter(each -> each.getAuthorizationId().equals(block.getId()))
            .findFirst()
            .orElse(null);
    if (request == null || limit.getScope() == SpendLimitScope.ACCOUNT) {
      return true;
    }
    String asked =
        limit.getScope() == SpendLimitScope.PROJECT
            ? request.getProjectId()
            : request.getApiKeyId();
    return asked != null && asked.equals(limit.getScopeId());
  }

  private static String scope(SpendLimitConfigured limit) {
    String id = limit.getScopeId();
    return limit.getScope()
        + ":"
        + (id == null || limit.getScope() == SpendLimitScope.ACCOUNT ? "" : id);
  }

  private static String words(SpendLimitConfigured limit) {
    return switch (limit.getScope()) {
      case ACCOUNT -> "the account";
      case PROJECT -> "project " + limit.getScopeId();
      case API_KEY -> "API key " + limit.getScopeId();
    };
  }

  private void tellSuspension() {
    Found<AccountSuspended> suspension =
        history.all(AccountSuspended.class).stream()
            .filter(found -> !isSince(found))
            .max(Comparator.comparing(found -> found.value().getOccurredAt()))
            .orElse(null);
    if (suspension == null) {
      details.add("the account was suspended");
    } else {
      details.add(
          "the account was suspended at %s%s"
              .formatted(
                  IsoMillis.format(suspension.value().getOccurredAt()),
                  because(suspension.value().getReason())));
      moments.add(new Moment(suspension.source().timestamp(), "suspended", suspension.source()));
    }
    for (Found<AccountReinstated> found : history.all(AccountReinstated.class)) {
      if (isSince(found)) {
        moments.add(
            new Moment(
                found.source().timestamp(),
                "reinstated" + because(found.value().getReason()),
                found.source()));
      }
    }
    cleared =
        history
            .last(AccountAccess.class)
            .map(access -> access.getStatus() == AccountStatus.ACTIVE)
            .orElse(true);
    details.add(
        cleared
            ? "cleared since: the account is active now"
            : "not cleared: it is suspended still");
  }

  private static String because(@Nullable String reason) {
    return reason == null ? "" : ": " + reason;
  }

  private boolean isSince(Found<?> found) {
    return found.source().timestamp().isAfter(decidedAt);
  }

  private String money(long nanos) {
    return Money.format(nanos, history.currency());
  }
}
