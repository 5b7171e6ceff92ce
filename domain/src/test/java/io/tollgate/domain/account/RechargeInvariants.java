package io.tollgate.domain.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.domain.effect.Effect;
import io.tollgate.domain.effect.Effect.AlertType;
import io.tollgate.domain.effect.Effect.BalanceAlert;
import io.tollgate.domain.effect.Effect.EntryType;
import io.tollgate.domain.effect.Effect.LedgerEntry;
import io.tollgate.domain.effect.Effect.RechargeRequested;
import io.tollgate.domain.event.AccountEvent;
import io.tollgate.domain.event.AccountEvent.AutoRechargeConfigured;
import io.tollgate.domain.event.AccountEvent.PaymentFailed;
import io.tollgate.domain.event.AccountEvent.PaymentSucceeded;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What holds of recharge requests for those who charge the card: at most one attempt is out, no
 * recharge has more than four, and no month more than its limit.
 */
final class RechargeInvariants {

  private static final int MOST_ATTEMPTS = 4;

  private final Set<String> sent = new HashSet<>();
  private final Map<Integer, BigInteger> paidByMonth = new HashMap<>();
  private @Nullable RechargeRequested latest;
  private long number;
  private int month;

  /** Whether nobody has said what became of the latest attempt. */
  private boolean out;

  private boolean stalled;

  /** Checks what a step made of the account; no event: time made it. */
  void check(@Nullable Account before, @Nullable AccountEvent event, Decision.Applied applied) {
    takeResult(before, event);
    for (Effect effect : applied.effects()) {
      if (effect instanceof RechargeRequested request) {
        check(request, applied.account().recharge);
      } else if (effect instanceof BalanceAlert alert) {
        stalled |= alert.type() == AlertType.RECHARGE_STALLED;
      } else if (effect instanceof LedgerEntry entry && entry.type() == EntryType.DISPUTE_LOST) {
        out = false; // who took money back is not waited for
      }
    }
  }

  private void takeResult(@Nullable Account before, @Nullable AccountEvent event) {
    if (latest == null || before == null) {
      return;
    }
    String id = latest.rechargeId();
    if (event instanceof PaymentSucceeded payment && id.equals(payment.rechargeId())) {
      out = false;
      if (before.recharge.isInFlight(before.id, id)) {
        paidByMonth.merge(month, BigInteger.valueOf(latest.amountNanos()), BigInteger::add);
      }
    } else if (event instanceof PaymentFailed failed
        && id.equals(failed.rechargeId())
        && Objects.equals(failed.attempt(), latest.attempt())) {
      out = false;
    } else if (event instanceof AutoRechargeConfigured && stalled) {
      out = false;
    }
  }

  private void check(RechargeRequested request, AutoRecharge recharge) {
    assertThat(sent.add(request.idempotencyKey() + "@" + request.requestedAt())).isTrue();
    long its = Long.parseLong(request.rechargeId().substring(request.accountId().length() + 1));
    switch (request.reason()) {
      case UNKNOWN_OUTCOME -> {
        assertThat(request.idempotencyKey())
            .as("only the attempt that is out is sent again")
            .isEqualTo(latest().idempotencyKey());
        assertThat(out).isTrue();
      }
      case RETRY_AFTER_DECLINE -> {
        assertThat(its).as("only the recharge in flight is tried again").isEqualTo(number);
        assertThat(request.attempt()).isEqualTo(latest().attempt() + 1);
        assertThat(request.attempt()).isLessThanOrEqualTo(MOST_ATTEMPTS);
        assertThat(out).as("an attempt while another is out").isFalse();
      }
      case BELOW_THRESHOLD, DENIED_FOR_CREDIT -> {
        assertThat(its).as("recharges are numbered").isGreaterThan(number);
        assertThat(request.attempt()).isOne();
        assertThat(out).as("a recharge while another is out").isFalse();
        month = ((RechargeState.InFlight) recharge.state).recharge().month();
        checkLimit(request, Objects.requireNonNull(recharge.config).monthlyLimit());
      }
    }
    if (its == number) {
      assertThat(request.amountNanos())
          .as("all attempts of a recharge ask for the same")
          .isEqualTo(latest().amountNanos());
    }
    number = its;
    latest = request;
    out = true;
    stalled = false;
  }

  private void checkLimit(RechargeRequested request, @Nullable Long limit) {
    if (limit != null) {
      assertThat(
              paidByMonth
                  .getOrDefault(month, BigInteger.ZERO)
                  .add(BigInteger.valueOf(request.amountNanos())))
          .as("what a month asked for and was paid, with what it asks for now")
          .isLessThanOrEqualTo(BigInteger.valueOf(limit));
    }
  }

  private RechargeRequested latest() {
    return Objects.requireNonNull(latest, "nothing was sent before");
  }
}
