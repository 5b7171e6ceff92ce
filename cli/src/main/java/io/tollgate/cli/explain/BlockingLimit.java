package io.tollgate.cli.explain;

import io.tollgate.cli.Money;
import io.tollgate.cli.explain.History.Found;
import io.tollgate.cli.explain.Story.Moment;
import io.tollgate.domain.UtcCalendar;
import io.tollgate.events.AlertType;
import io.tollgate.events.AuthorizationRequested;
import io.tollgate.events.BalanceAlert;
import io.tollgate.events.SpendLimitConfigured;
import io.tollgate.events.SpendLimitEnforcement;
import io.tollgate.events.SpendLimitScope;
import io.tollgate.events.UsageBlocked;
import io.tollgate.schemas.json.IsoMillis;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A spend limit that may have been behind a denial: the records say which were set, and reached.
 *
 * @param monthlyNanos what may be spent in a month
 * @param month of the call that was denied, as {@code 2026-01}
 * @param reached the alerts that it was reached in that month
 */
record BlockingLimit(
    Found<SpendLimitConfigured> found,
    long monthlyNanos,
    String month,
    List<Found<BalanceAlert>> reached) {

  /** The limits that held for the denied call, as far as its request is known. */
  static List<BlockingLimit> of(History history, UsageBlocked block, Instant decidedAt) {
    AuthorizationRequested request =
        history.all(AuthorizationRequested.class).stream()
            .map(Found::value)
            .filter(each -> each.getAuthorizationId().equals(block.getId()))
            .findFirst()
            .orElse(null);
    Map<String, Found<SpendLimitConfigured>> latest = new LinkedHashMap<>();
    for (Found<SpendLimitConfigured> found : history.all(SpendLimitConfigured.class)) {
      if (!found.source().timestamp().isAfter(decidedAt) && mayBind(found.value(), request)) {
        latest.merge(scope(found.value()), found, BlockingLimit::later);
      }
    }
    String month = UtcCalendar.monthText(UtcCalendar.monthOf(block.getOccurredAt().toEpochMilli()));
    List<BlockingLimit> limits = new ArrayList<>();
    for (Found<SpendLimitConfigured> found : latest.values()) {
      Long monthlyNanos = found.value().getMonthlyLimitNanos();
      if (monthlyNanos != null && found.value().getEnforcement() == SpendLimitEnforcement.BLOCK) {
        limits.add(
            new BlockingLimit(
                found, monthlyNanos, month, reached(history, scope(found.value()), month)));
      }
    }
    return limits;
  }

  private static Found<SpendLimitConfigured> later(
      Found<SpendLimitConfigured> before, Found<SpendLimitConfigured> after) {
    return after.value().getOccurredAt().isBefore(before.value().getOccurredAt()) ? before : after;
  }

  private static boolean mayBind(
      SpendLimitConfigured limit, @Nullable AuthorizationRequested request) {
    if (request == null || limit.getScope() == SpendLimitScope.ACCOUNT) {
      return true;
    }
    String asked =
        limit.getScope() == SpendLimitScope.PROJECT
            ? request.getProjectId()
            : request.getApiKeyId();
    return asked != null && asked.equals(limit.getScopeId());
  }

  /** As ids of alerts name it. */
  private static String scope(SpendLimitConfigured limit) {
    String id = limit.getScopeId();
    return limit.getScope()
        + ":"
        + (id == null || limit.getScope() == SpendLimitScope.ACCOUNT ? "" : id);
  }

  private static List<Found<BalanceAlert>> reached(History history, String scope, String month) {
    String alertId =
        "%s:%s:%s:%s".formatted(history.accountId(), AlertType.SPEND_LIMIT_REACHED, scope, month);
    return history.all(BalanceAlert.class).stream()
        .filter(alert -> alert.value().getAlertId().equals(alertId))
        .toList();
  }

  String words(String currency) {
    SpendLimitConfigured limit = found.value();
    return "%s may spend %s a month and is blocked beyond, set %s%s"
        .formatted(
            switch (limit.getScope()) {
              case ACCOUNT -> "the account";
              case PROJECT -> "project " + limit.getScopeId();
              case API_KEY -> "API key " + limit.getScopeId();
            },
            Money.format(monthlyNanos, currency),
            IsoMillis.format(limit.getOccurredAt()),
            reached.isEmpty() ? "" : "; it was reached in " + month);
  }

  List<Moment> moments() {
    List<Moment> moments = new ArrayList<>();
    moments.add(new Moment(found.source().timestamp(), "spend limit set", found.source()));
    for (Found<BalanceAlert> alert : reached) {
      moments.add(Moment.of(alert));
    }
    return moments;
  }
}
