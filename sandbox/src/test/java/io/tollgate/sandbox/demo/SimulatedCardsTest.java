package io.tollgate.sandbox.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.events.PaymentFailed;
import io.tollgate.events.PaymentSucceeded;
import io.tollgate.events.RechargeRequested;
import io.tollgate.schemas.TrustedTypes;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

class SimulatedCardsTest {

  private static final Instant NOW = Instant.parse("2026-09-01T00:00:00Z");

  private final SimulatedCards cards =
      new SimulatedCards(Map.of("silent", Card.SILENT, "declined", Card.STOLEN));

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
    PaymentSucceeded payment = paid(cards.charge(request("a", 1, 1), NOW).get(0));

    assertThat(payment.getAccountId()).isEqualTo("a");
    assertThat(payment.getRechargeId()).isEqualTo("a:1");
    assertThat(payment.getAttempt()).isEqualTo(1);
    assertThat(payment.getAmountNanos()).isEqualTo(5_000_000_000L);
    assertThat(payment.getOccurredAt()).isEqualTo(NOW);
    assertThat(SimulatedCards.isCharge(payment.getPaymentId())).isTrue();
  }

  @Test
  void shouldChargeOneKeyOnceAndAnswerTheSame() {
    SpecificRecord first = cards.charge(request("a", 1, 1), NOW).get(0);

    assertThat(cards.charge(request("a", 1, 1), NOW.plusSeconds(900))).containsOnly(first);
    assertThat(cards.charged()).isEqualTo(new SimulatedCards.Charged(1, 5_000_000_000L));
  }

  @Test
  void shouldChargeEachKey() {
    assertThat(
            Set.of(
                paid(cards.charge(request("a", 1, 1), NOW).get(0)).getPaymentId(),
                paid(cards.charge(request("a", 1, 2), NOW).get(0)).getPaymentId(),
                paid(cards.charge(request("a", 2, 1), NOW).get(0)).getPaymentId(),
                paid(cards.charge(request("b", 1, 1), NOW).get(0)).getPaymentId()))
        .hasSize(4);
    assertThat(cards.charged()).isEqualTo(new SimulatedCards.Charged(4, 20_000_000_000L));
  }

  @Test
  void shouldTellAnOlderResultAgainAfterANewerOne() {
    SpecificRecord older = cards.charge(request("a", 1, 1), NOW).get(0);

    List<SpecificRecord> told = cards.charge(request("a", 2, 1), NOW);

    assertThat(told).hasSize(2).endsWith(older).doesNotHaveDuplicates();
  }

  @Test
  void shouldDeclineAndChargeNothing() {
    SpecificRecord first = cards.charge(request("declined", 1, 1), NOW).get(0);

    assertThat(first)
        .isInstanceOfSatisfying(
            PaymentFailed.class,
            decline -> {
              assertThat(decline.getDeclineCode()).isEqualTo("stolen_card");
              assertThat(decline.getRechargeId()).isEqualTo("declined:1");
              assertThat(decline.getAttempt()).isEqualTo(1);
            });
    assertThat(cards.charge(request("declined", 1, 1), NOW.plusSeconds(1))).containsOnly(first);
    assertThat(cards.charged()).isEqualTo(new SimulatedCards.Charged(0, 0));
  }

  @Test
  void shouldStaySilent() {
    assertThat(cards.charge(request("silent", 1, 1), NOW)).isEmpty();
    assertThat(cards.charged()).isEqualTo(new SimulatedCards.Charged(0, 0));
  }

  private static PaymentSucceeded paid(SpecificRecord result) {
    return (PaymentSucceeded) result;
  }
}
