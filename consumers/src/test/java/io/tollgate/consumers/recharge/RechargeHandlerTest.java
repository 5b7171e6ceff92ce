package io.tollgate.consumers.recharge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.events.PaymentFailed;
import io.tollgate.events.PaymentSucceeded;
import io.tollgate.events.RechargeReason;
import io.tollgate.events.RechargeRequested;
import io.tollgate.schemas.TrustedTypes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RechargeHandlerTest {

  static {
    TrustedTypes.trust();
  }

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final Cards cards = new Cards();
  private final List<SpecificRecord> published = new ArrayList<>();
  private Instant now = START;
  private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);

  @Test
  void shouldChargeAndPublishWhatWasTaken() throws Exception {
    handler(cards).handle(request(RechargeReason.BELOW_THRESHOLD));

    assertThat(published)
        .containsExactly(
            PaymentSucceeded.newBuilder()
                .setPaymentId("pay-1")
                .setAccountId("acme")
                .setAmountNanos(12_340_000_000L)
                .setCurrency("USD")
                .setOccurredAt(Instant.EPOCH)
                .setRechargeId("acme:1")
                .setAttempt(2)
                .setCardFingerprint("card-1")
                .build());
  }

  @Test
  void shouldPublishADecline() throws Exception {
    RechargeHandler handler =
        handler(
            always(
                new ChargeResult.Declined(
                    "pay-1", START, "insufficient_funds", "try_again_later", "03", null)));

    handler.handle(request(RechargeReason.BELOW_THRESHOLD));

    assertThat(published)
        .containsExactly(
            PaymentFailed.newBuilder()
                .setPaymentId("pay-1")
                .setAccountId("acme")
                .setAmountNanos(12_340_000_000L)
                .setCurrency("USD")
                .setOccurredAt(START)
                .setRechargeId("acme:1")
                .setAttempt(2)
                .setDeclineCode("insufficient_funds")
                .setAdviceCode("try_again_later")
                .setNetworkAdviceCode("03")
                .build());
    assertThat(handler.metrics()).isEqualTo(new RechargeMetrics(0, 1, 0, 0));
  }

  @Test
  void shouldPublishNothingWhenTheOutcomeIsNotKnown() throws Exception {
    RechargeHandler undecided = handler(always(new ChargeResult.Unknown()));
    undecided.handle(request(RechargeReason.BELOW_THRESHOLD));
    RechargeHandler timedOut =
        handler(
            new FakeCharger() {
              @Override
              public ChargeResult charge(Charge charge) throws Exception {
                throw new TimeoutException();
              }
            });
    timedOut.handle(request(RechargeReason.BELOW_THRESHOLD));

    assertThat(published).isEmpty();
    assertThat(undecided.metrics()).isEqualTo(new RechargeMetrics(0, 0, 1, 0));
    assertThat(timedOut.metrics()).isEqualTo(new RechargeMetrics(0, 0, 1, 0));
  }

  @Test
  void shouldChargeOnceHoweverOftenARequestComes() throws Exception {
    RechargeHandler handler = handler(cards);
    RechargeRequested request = request(RechargeReason.BELOW_THRESHOLD);

    handler.handle(request);
    handler.handle(request);
    handler.handle(request(RechargeReason.UNKNOWN_OUTCOME));

    assertThat(cards.charges).hasValue(1);
    assertThat(published).hasSize(3).containsOnly(published.get(0));
  }

  @Test
  void shouldChargeAgainWithTheSameKeyWhenThePublicationFailed() throws Exception {
    RechargeRequested request = request(RechargeReason.BELOW_THRESHOLD);
    RechargeHandler failing =
        new RechargeHandler(
            cards,
            event -> {
              throw new TimeoutException("no leader");
            },
            clock);

    assertThatThrownBy(() -> failing.handle(request)).isInstanceOf(TimeoutException.class);
    assertThat(failing.metrics().succeeded()).isZero();
    handler(cards).handle(request);

    assertThat(cards.charges).hasValue(1);
    assertThat(published).hasSize(1);
  }

  @Test
  void shouldLookUpARequestThatIsSentAgainBecauseItsKeyMayBeForgotten() throws Exception {
    handler(cards).handle(request(RechargeReason.BELOW_THRESHOLD));
    cards.forgetKeys();

    handler(cards).handle(request(RechargeReason.UNKNOWN_OUTCOME));

    assertThat(cards.charges).hasValue(1);
    assertThat(published).hasSize(2).containsOnly(published.get(0));
  }

  @Test
  void shouldLookUpAnOldRequestWithADeadlineFarAway() throws Exception {
    RechargeRequested patient = request(RechargeReason.BELOW_THRESHOLD);
    patient.setDeadline(START.plus(Duration.ofDays(3)));
    handler(cards).handle(patient);
    cards.forgetKeys();
    now = START.plus(Duration.ofHours(23));

    handler(cards).handle(patient);

    assertThat(cards.charges).hasValue(1);
  }

  @Test
  void shouldChargeARequestThatIsSentAgainIfThereIsNoCharge() throws Exception {
    handler(cards).handle(request(RechargeReason.UNKNOWN_OUTCOME));

    assertThat(cards.charges).hasValue(1);
    assertThat(published).hasSize(1);
  }

  @Test
  void shouldNotChargeASentAgainRequestThatCannotBeLookedUp() throws Exception {
    RechargeHandler handler =
        handler(
            new FakeCharger() {
              @Override
              public Optional<ChargeResult> find(Charge charge) throws Exception {
                throw new TimeoutException();
              }

              @Override
              public ChargeResult charge(Charge charge) {
                return cards.charge(charge);
              }
            });

    handler.handle(request(RechargeReason.UNKNOWN_OUTCOME));

    assertThat(cards.charges).hasValue(0);
    assertThat(handler.metrics()).isEqualTo(new RechargeMetrics(0, 0, 1, 0));
  }

  @Test
  void shouldBeginNoChargeFromTheDeadlineOn() throws Exception {
    RechargeRequested request = request(RechargeReason.BELOW_THRESHOLD);
    now = request.getDeadline();
    RechargeHandler handler = handler(cards);

    handler.handle(request);

    assertThat(cards.charges).hasValue(0);
    assertThat(published).isEmpty();
    assertThat(handler.metrics()).isEqualTo(new RechargeMetrics(0, 0, 0, 1));
  }

  @Test
  void shouldBeginNoChargeWhenTheDeadlinePassesDuringALookUp() throws Exception {
    RechargeRequested request = request(RechargeReason.UNKNOWN_OUTCOME);
    handler(
            new FakeCharger() {
              @Override
              public Optional<ChargeResult> find(Charge charge) {
                now = charge.deadline();
                return Optional.empty();
              }

              @Override
              public ChargeResult charge(Charge charge) {
                return cards.charge(charge);
              }
            })
        .handle(request);

    assertThat(cards.charges).hasValue(0);
  }

  @Test
  void shouldPublishAfterTheDeadlineWhatWasChargedBeforeIt() throws Exception {
    RechargeRequested request = request(RechargeReason.BELOW_THRESHOLD);
    cards.charge(Charge.of(request));
    now = request.getDeadline().plusSeconds(3_600);

    handler(cards).handle(request);

    assertThat(published).hasSize(1);
    assertThat(cards.charges).hasValue(1);
  }

  @Test
  void shouldLeaveARequestToTheNextWhenInterrupted() {
    RechargeHandler handler =
        handler(
            new FakeCharger() {
              @Override
              public ChargeResult charge(Charge charge) throws Exception {
                throw new InterruptedException();
              }
            });

    assertThatThrownBy(() -> handler.handle(request(RechargeReason.BELOW_THRESHOLD)))
        .isInstanceOf(InterruptedException.class);
    assertThat(handler.metrics()).isEqualTo(new RechargeMetrics(0, 0, 0, 0));
  }

  @ParameterizedTest
  @CsvSource({
    "USD, 12345678901, 1234, 12340000000",
    "JPY, 700999999999, 700, 700000000000",
    "KWD, 5123999999, 5123, 5123000000"
  })
  void shouldChargeWholeMinorUnitsAndNeverMore(
      String currency, long requested, long minor, long nanos) {
    RechargeRequested request = request(RechargeReason.BELOW_THRESHOLD);
    request.setCurrency(currency);
    request.setAmountNanos(requested);

    Charge charge = Charge.of(request);

    assertThat(charge.amountMinor()).isEqualTo(minor);
    assertThat(charge.amountNanos()).isEqualTo(nanos);
  }

  @Test
  void shouldRefuseWhatNoProviderCouldCharge() {
    RechargeRequested request = request(RechargeReason.BELOW_THRESHOLD);
    request.setAmountNanos(9_999_999);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Charge.of(request))
        .withMessage("acme:1:2 asks for 0 minor units of USD: nothing to charge");
    request.setCurrency("XXX");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Charge.of(request))
        .withMessage("XXX is no currency that cards are charged in");
    request.setCurrency("USD");
    request.setAmountNanos(10_000_000);
    request.setIdempotencyKey("x".repeat(256));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Charge.of(request))
        .withMessage("Providers take idempotency keys of 1 to 255 characters, not 256");
  }

  private RechargeHandler handler(CardCharger charger) {
    return new RechargeHandler(charger, published::add, clock);
  }

  private static CardCharger always(ChargeResult result) {
    return new FakeCharger() {
      @Override
      public ChargeResult charge(Charge charge) {
        return result;
      }
    };
  }

  private static RechargeRequested request(RechargeReason reason) {
    return RechargeRequested.newBuilder()
        .setRechargeId("acme:1")
        .setAttempt(2)
        .setIdempotencyKey("acme:1:2")
        .setAccountId("acme")
        .setAmountNanos(12_345_678_901L)
        .setRequestedAt(START)
        .setDeadline(START.plus(Duration.ofMinutes(15)))
        .setReason(reason)
        .build();
  }

  /** Knows of no charge before. */
  private abstract static class FakeCharger implements CardCharger {
    @Override
    public Optional<ChargeResult> find(Charge charge) throws Exception {
      return Optional.empty();
    }
  }
}
