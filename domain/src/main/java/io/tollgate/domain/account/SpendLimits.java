package io.tollgate.domain.account;

import io.tollgate.domain.UtcCalendar;
import io.tollgate.domain.effect.Effect.AlertType;
import io.tollgate.domain.event.AccountEvent.SpendLimitScope;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the account, its projects and its API keys may spend in a UTC month, and have spent of it.
 * Spending counts from when a limit was first set, also while it is removed.
 */
final class SpendLimits {

  /** By scope as {@link #scope} writes it. */
  final NavigableMap<String, Limit> limits;

  /**
   * One limit.
   *
   * @param monthlyNanos null: removed
   * @param blocks whether authorizations are denied once it is reached
   * @param months what was spent, by month as {@link UtcCalendar#monthOf} counts
   */
  record Limit(
      @Nullable Long monthlyNanos,
      boolean blocks,
      long configuredAt,
      NavigableMap<Integer, Month> months) {

    boolean isReached(int month) {
      return monthlyNanos != null && spent(month) >= monthlyNanos;
    }

    private boolean isNear(int month) {
      // 80 %, rounded up: exact, and no product that could overflow.
      return monthlyNanos != null && spent(month) >= monthlyNanos - monthlyNanos / 5;
    }

    private long spent(int month) {
      return months.getOrDefault(month, Month.NEW).spent();
    }

    private Limit with(int month, Month state) {
      NavigableMap<Integer, Month> changed = new TreeMap<>(months);
      changed.put(month, state);
      return new Limit(monthlyNanos, blocks, configuredAt, changed);
    }

    private Limit since(int month) {
      return months.isEmpty() || months.firstKey() >= month
          ? this
          : new Limit(
              monthlyNanos, blocks, configuredAt, new TreeMap<>(months.tailMap(month, true)));
    }
  }

  /** What was spent in a month, and what was said of it. */
  record Month(long spent, boolean nearTold, boolean reachedTold) {
    static final Month NEW = new Month(0, false, false);
  }

  /**
   * A limit that spending has come near or reached.
   *
   * @param blocks whether authorizations are denied from now on
   */
  record Crossing(
      AlertType type, String scope, int month, long spent, long limit, boolean blocks) {}

  SpendLimits() {
    limits = new TreeMap<>();
  }

  private SpendLimits(SpendLimits other) {
    limits = new TreeMap<>(other.limits);
  }

  SpendLimits copy() {
    return new SpendLimits(this);
  }

  /** A scope as text, such as {@code PROJECT:p1}; an account has no id within itself. */
  static String scope(SpendLimitScope scope, @Nullable String id) {
    return scope + ":" + (id == null || scope == SpendLimitScope.ACCOUNT ? "" : id);
  }

  /** Who spends, in words: what {@link #scope} wrote. */
  static String spender(String scope) {
    int colon = scope.indexOf(':');
    String id = scope.substring(colon + 1);
    return switch (SpendLimitScope.valueOf(scope.substring(0, colon))) {
      case ACCOUNT -> "the account";
      case PROJECT -> "project " + id;
      case API_KEY -> "API key " + id;
    };
  }

  /**
   * Whether a word of that time still counts: the latest holds, of equals the one that arrives
   * later.
   */
  boolean accepts(String scope, long at) {
    Limit known = limits.get(scope);
    return known == null || at >= known.configuredAt();
  }

  /** Sets a limit, or removes it; returns what it finds crossed in this month already. */
  List<Crossing> configure(
      String scope, @Nullable Long monthlyNanos, boolean blocks, long at, int month) {
    Limit known = limits.get(scope);
    limits.put(
        scope,
        new Limit(monthlyNanos, blocks, at, known == null ? new TreeMap<>() : known.months()));
    List<Crossing> crossings = new ArrayList<>(0);
    judge(scope, month, crossings);
    return crossings;
  }

  /** Counts what was charged in a month; returns which limits it crosses. */
  List<Crossing> spend(
      long nanos, int month, @Nullable String projectId, @Nullable String apiKeyId) {
    List<Crossing> crossings = new ArrayList<>(0);
    for (String scope : scopes(projectId, apiKeyId)) {
      Limit limit = limits.get(scope);
      if (limit != null) {
        Month state = limit.months().getOrDefault(month, Month.NEW);
        long spent = Math.addExact(state.spent(), nanos);
        limits.put(
            scope, limit.with(month, new Month(spent, state.nearTold(), state.reachedTold())));
        judge(scope, month, crossings);
      }
    }
    return crossings;
  }

  private List<String> scopes(@Nullable String projectId, @Nullable String apiKeyId) {
    if (limits.isEmpty()) {
      return List.of();
    }
    List<String> scopes = new ArrayList<>(3);
    scopes.add(scope(SpendLimitScope.ACCOUNT, null));
    if (apiKeyId != null) {
      scopes.add(scope(SpendLimitScope.API_KEY, apiKeyId));
    }
    if (projectId != null) {
      scopes.add(scope(SpendLimitScope.PROJECT, projectId));
    }
    return scopes;
  }

  private void judge(String scope, int month, List<Crossing> crossings) {
    Limit limit = limits.get(scope);
    if (limit == null || limit.monthlyNanos() == null || !limit.isNear(month)) {
      return;
    }
    Month state = limit.months().getOrDefault(month, Month.NEW);
    boolean reached = limit.isReached(month);
    if (!state.nearTold()) {
      crossings.add(
          new Crossing(
              AlertType.SPEND_LIMIT_NEAR,
              scope,
              month,
              state.spent(),
              limit.monthlyNanos(),
              false));
    }
    if (reached && !state.reachedTold()) {
      crossings.add(
          new Crossing(
              AlertType.SPEND_LIMIT_REACHED,
              scope,
              month,
              state.spent(),
              limit.monthlyNanos(),
              limit.blocks()));
    }
    limits.put(
        scope, limit.with(month, new Month(state.spent(), true, reached || state.reachedTold())));
  }

  /** Whether a limit that blocks is reached in a month, for a call of this project and key. */
  boolean blocks(int month, @Nullable String projectId, @Nullable String apiKeyId) {
    return scopes(projectId, apiKeyId).stream().anyMatch(scope -> blocks(scope, month));
  }

  /** Whether the whole account has reached a limit that blocks, in the month of that time. */
  boolean blocksAccountAt(long time) {
    return !limits.isEmpty()
        && blocks(scope(SpendLimitScope.ACCOUNT, null), UtcCalendar.monthOf(time));
  }

  private boolean blocks(String scope, int month) {
    Limit limit = limits.get(scope);
    return limit != null && limit.blocks() && limit.isReached(month);
  }

  /** Drops months that no usage can come for any more. */
  void forgetBefore(int month) {
    limits.replaceAll((scope, limit) -> limit.since(month));
  }
}
