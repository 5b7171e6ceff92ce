package io.tollgate.sandbox.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.events.PaymentSucceeded;
import io.tollgate.events.RechargeRequested;
import io.tollgate.schemas.TrustedTypes;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SimulatedCardsTest {

  private static final Instant NOW = Instant.parse("2026-09-01T00:00:00Z");

  private final SimulatedCards cards = new SimulatedCards(Set.of("silent"));

  private static RechargeRequested request(String accountId, int number, int attempt) {
    TrustedTypes.trust();
    String rechargeId = accountId + ":" + number;
    return RechargeRequested.newBuilder()
        .setAccountId(accountId)
        .setRechargeId(rechargeId)
        .setAttempt(attempt)
        .setIdempotencyKey(rechargeId + ":" + attempt)
        .setAmountNanos(5_000_000_000L)
        .setCurrency("USD")
        .build();
  }

  @Test
  void shouldAnswerTheRequest() {
    PaymentSucceeded payment = cards.charge(request("a", 1, 1), NOW).orElseThrow();

    assertThat(payment.getAccountId()).isEqualTo("a");
    assertThat(payment.getRechargeId()).isEqualTo("a:1");
    assertThat(payment.getAttempt()).isEqualTo(1);
    assertThat(payment.getAmountNanos()).isEqualTo(5_000_000_000L);
    assertThat(payment.getOccurredAt()).isEqualTo(NOW);
    assertThat(SimulatedCards.isCharge(payment.getPaymentId())).isTrue();
  }

  @Test
  void shouldChargeOneKeyOnce() {
    PaymentSucceeded first = cards.charge(request("a", 1, 1), NOW).orElseThrow();

    assertThat(cards.charge(request("a", 1, 1), NOW.plusSeconds(900))).contains(first);
  }

  @Test
  void shouldChargeEachKey() {
    assertThat(
            Set.of(
                cards.charge(request("a", 1, 1), NOW).orElseThrow().getPaymentId(),
                cards.charge(request("a", 1, 2), NOW).orElseThrow().getPaymentId(),
                cards.charge(request("a", 2, 1), NOW).orElseThrow().getPaymentId(),
                cards.charge(request("b", 1, 1), NOW).orElseThrow().getPaymentId()))
        .hasSize(4);
  }

  @Test
  void shouldStaySilent() {
    assertThat(cards.charge(request("silent", 1, 1), NOW)).isEmpty();
  }
}
