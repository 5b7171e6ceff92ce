package io.tollgate.domain.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.domain.DeclineTable.Decline;
import io.tollgate.domain.DeclineTable.DeclineClass;
import io.tollgate.domain.RuleSettings;
import io.tollgate.domain.UtcCalendar;
import io.tollgate.domain.account.RechargeState.Armed;
import io.tollgate.domain.account.RechargeState.Claiming;
import io.tollgate.domain.account.RechargeState.Cooldown;
import io.tollgate.domain.account.RechargeState.InFlight;
import io.tollgate.domain.account.RechargeState.Off;
import io.tollgate.domain.account.RechargeState.Pending;
import io.tollgate.domain.account.RechargeState.StopReason;
import io.tollgate.domain.account.RechargeState.Stopped;
import io.tollgate.domain.effect.Effect;
import io.tollgate.domain.effect.Effect.AlertType;
import io.tollgate.domain.effect.Effect.BalanceAlert;
import io.tollgate.domain.effect.Effect.Cause;
import io.tollgate.domain.effect.Effect.ClaimAction;
import io.tollgate.domain.effect.Effect.ClaimRequested;
import io.tollgate.domain.effect.Effect.RechargeReason;
import io.tollgate.domain.effect.Effect.RechargeRequested;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An {@link AutoRecharge} by itself, brought into a state and given one event, with all that it has
 * told since.
 */
final class RechargeMachine {

  private static final long NOW = AccountScenario.time("2026-03-10T00:00:00Z");
  private static final long HOUR = 3_600_000L;
  private static final long UNIT = 1_000_000_000L;
  private static final long THRESHOLD = 10 * UNIT;
  private static final long TARGET = 20 * UNIT;
  private static final long AMOUNT = 6 * UNIT;
  private static final int MONTH = UtcCalendar.monthOf(NOW);
  private static final String CARD = "card";

  /** A state as the document names it. */
  enum StateName {
    OFF(Off.class),
    ARMED(Armed.class),
    CLAIMING(Claiming.class),
    PENDING(Pending.class),
    STALLED(Pending.class),
    COOLDOWN(Cooldown.class),
    CUSTOMER(Stopped.class),
    STOPPED(Stopped.class);

    private final Class<? extends RechargeState> type;

    StateName(Class<? extends RechargeState> type) {
      this.type = type;
    }

    Class<? extends RechargeState> type() {
      return type;
    }
  }

  /** An event as the document names it. */
  enum Event {
    ON,
    OFF,
    LOW,
    LOW_WITHOUT_CARD,
    DENIED,
    DENIED_WITHOUT_CARD,
    OVER_LIMIT,
    GRANTED,
    REFUSED,
    REFUSED_LATE,
    TIME,
    TIME_WITHOUT_CARD,
    FOURTH_TIME,
    SUCCESS,
    SUCCESS_THEN_ON,
    SUCCESS_THEN_OFF,
    RETRY,
    RETRY_THEN_ON,
    RETRY_THEN_OFF,
    ISSUER,
    CUSTOMER,
    STOP,
    STOP_THEN_ON,
    UNKNOWN,
    UNKNOWN_AGAIN,
    FOURTH_DECLINE,
    ISSUER_CLEARED,
    GRANT,
    PURCHASE,
    DISPUTE_LOST,
    DISPUTE_LOST_THEN_OFF;

    String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Settings wait for results only, and four times pass only for what was sent. */
    boolean canHappenIn(StateName state) {
      if (this == TIME_WITHOUT_CARD) {
        return state == StateName.COOLDOWN;
      }
      return state == StateName.PENDING || (this != FOURTH_TIME && !name().contains("_THEN_"));
    }

    static Event named(String text) {
      return valueOf(text.toUpperCase(Locale.ROOT).replace(' ', '_'));
    }
  }

  private final Step step;
  private final AutoRecharge recharge;
  private final boolean inFlight;
  private final @Nullable Long retryBefore;
  private boolean stoppedByDispute;

  private RechargeMachine(StateName from, Event event) {
    Account account = new Account(AccountScenario.ACCOUNT);
    account.books.posted = 1_000 * UNIT; // so that the step itself fires nothing
    step =
        new Step(
            account,
            RuleSettings.defaults(DeclineCodes.TABLE),
            NOW,
            NOW,
            new Cause("test", "test", 0, 0),
            "test");
    recharge = step.account.recharge;
    Long limit = event == Event.OVER_LIMIT ? UNIT : null;
    recharge.config =
        new AutoRecharge.Config(from != StateName.OFF, THRESHOLD, TARGET, limit, NOW - HOUR);
    recharge.card = event.name().endsWith("WITHOUT_CARD") ? null : CARD;
    recharge.state = stateFor(from, event);
    inFlight = recharge.state instanceof InFlight;
    retryBefore = recharge.state instanceof Cooldown cooldown ? cooldown.retryAt() : null;
    if (inFlight) {
      recharge.month.count(MONTH, AMOUNT);
    }
  }

  /** Empty if this event cannot happen in this state. */
  static Optional<RechargeMachine> in(StateName from, Event event) {
    return event.canHappenIn(from)
        ? Optional.of(new RechargeMachine(from, event))
        : Optional.empty();
  }

  /** The types of states that the code has. */
  static List<Class<?>> allStates() {
    return concrete(RechargeState.class).toList();
  }

  private static Stream<Class<?>> concrete(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(RechargeMachine::concrete)
        : Stream.of(type);
  }

  private static RechargeState stateFor(StateName name, Event event) {
    int attempt =
        switch (event) {
          case UNKNOWN_AGAIN -> 2;
          case FOURTH_DECLINE -> 4;
          default -> name == StateName.COOLDOWN ? 2 : 1;
        };
    boolean hadUnknown = event == Event.UNKNOWN_AGAIN;
    Recharge current =
        new Recharge(7, attempt, AMOUNT, MONTH, RechargeReason.BELOW_THRESHOLD, hadUnknown);
    return switch (name) {
      case OFF -> new Off();
      case ARMED -> new Armed();
      case CLAIMING -> new Claiming(current, CARD, NOW - HOUR);
      case PENDING -> new Pending(current, CARD, event == Event.FOURTH_TIME ? 4 : 1, NOW, false);
      case STALLED -> new Pending(current, CARD, 4, NOW - HOUR, true);
      case COOLDOWN -> new Cooldown(current, NOW, true, CARD);
      case CUSTOMER -> new Stopped(StopReason.CUSTOMER);
      case STOPPED -> new Stopped(StopReason.DECLINES);
    };
  }

  void happens(Event event) {
    if (event.name().endsWith("THEN_ON")) {
      configure(true);
    } else if (event.name().endsWith("THEN_OFF")) {
      configure(false);
    }
    switch (event) {
      case ON -> configure(true);
      case OFF -> configure(false);
      case LOW, LOW_WITHOUT_CARD, OVER_LIMIT -> judge(THRESHOLD, true, false);
      case DENIED, DENIED_WITHOUT_CARD -> judge(TARGET - 1, false, true);
      case GRANTED -> recharge.answered(null, NOW, step.rechargeOutbox);
      case REFUSED -> recharge.answered(NOW + HOUR, NOW, step.rechargeOutbox);
      case REFUSED_LATE -> recharge.answered(NOW, NOW, step.rechargeOutbox);
      case TIME, TIME_WITHOUT_CARD, FOURTH_TIME -> passDeadline();
      case SUCCESS, SUCCESS_THEN_ON, SUCCESS_THEN_OFF -> recharge.succeeded(step.rechargeOutbox);
      case RETRY, RETRY_THEN_ON, RETRY_THEN_OFF, FOURTH_DECLINE -> decline(DeclineClass.RETRY);
      case ISSUER -> decline(DeclineClass.ISSUER);
      case CUSTOMER -> decline(DeclineClass.CUSTOMER);
      case STOP, STOP_THEN_ON -> decline(DeclineClass.STOP);
      case UNKNOWN, UNKNOWN_AGAIN -> decline(null);
      case ISSUER_CLEARED -> recharge.issuerCleared(CARD, NOW, NOW);
      case GRANT -> recharge.credited(THRESHOLD, THRESHOLD + 1, false, step.rechargeOutbox);
      case PURCHASE -> recharge.credited(THRESHOLD, THRESHOLD + 1, true, step.rechargeOutbox);
      case DISPUTE_LOST, DISPUTE_LOST_THEN_OFF ->
          stoppedByDispute = recharge.disputeLost(step.rechargeOutbox);
    }
  }

  private void configure(boolean enabled) {
    recharge.configure(
        new AutoRecharge.Config(enabled, THRESHOLD, TARGET, null, NOW), step.rechargeOutbox);
  }

  private void judge(long posted, boolean mayFire, boolean denied) {
    recharge.judge(posted, mayFire, denied, NOW, 5 * UNIT, step.rechargeOutbox);
  }

  private void passDeadline() {
    if (recharge.dueAt(HOUR) != null) {
      recharge.passDeadline(NOW, step.rechargeOutbox);
    }
  }

  private void decline(@Nullable DeclineClass declineClass) {
    recharge.declined(
        declineClass == null ? null : new Decline(declineClass, null),
        CARD,
        NOW,
        step.rechargeOutbox);
  }

  StateName state() {
    for (StateName name : StateName.values()) {
      if (name.type().isInstance(recharge.state) && matches(name)) {
        return name;
      }
    }
    throw new AssertionError("the document has no name for " + recharge.state);
  }

  private boolean matches(StateName name) {
    if (recharge.state instanceof Pending pending) {
      return pending.stalled() == (name == StateName.STALLED);
    }
    return !(recharge.state instanceof Stopped stopped)
        || stopped.reason().isForGood() == (name == StateName.STOPPED);
  }

  /** What a recharge that was in flight counts in its month. */
  long counted() {
    return recharge.month.asked;
  }

  /** What it must count: nothing once it ended without success. */
  long expectedCount(Event event) {
    boolean paid = event.name().startsWith("SUCCESS") && inFlight;
    boolean started = !inFlight && recharge.state instanceof InFlight;
    if (started) {
      return recharge.month.asked;
    }
    return paid || (inFlight && recharge.state instanceof InFlight) ? AMOUNT : 0;
  }

  /** All that came out, in order. */
  String told() {
    List<String> told = new ArrayList<>();
    for (Effect effect : step.finish().effects()) {
      if (effect instanceof ClaimRequested claim) {
        told.add(claim.action() == ClaimAction.CLAIM ? "claim" : "free");
      } else if (effect instanceof RechargeRequested request) {
        told.add(request.reason().name());
      } else if (effect instanceof BalanceAlert alert) {
        told.add(alert.type().name());
      }
    }
    if (stoppedByDispute) {
      told.add(AlertType.RECHARGE_DISABLED.name()); // by the one who knows the dispute
    }
    if (recharge.nextConfig != null) {
      told.add("(waits for the result)");
    }
    if (retryBefore != null
        && recharge.state instanceof Cooldown cooldown
        && cooldown.retryAt() != retryBefore) {
      assertThat(cooldown.retryAt()).isEqualTo(NOW + HOUR);
      told.add("(moves to 1 h after it)");
    }
    return String.join(", ", told);
  }
}
