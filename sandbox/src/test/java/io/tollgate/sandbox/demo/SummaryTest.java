package io.tollgate.sandbox.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tollgate.cli.verify.LedgerCheck;
import io.tollgate.events.AlertType;
import io.tollgate.events.BlockReason;
import io.tollgate.events.PaymentFailed;
import io.tollgate.events.RechargeReason;
import io.tollgate.events.RechargeRequested;
import io.tollgate.events.RejectionReason;
import io.tollgate.schemas.TrustedTypes;
import io.tollgate.streams.config.DeclineFile;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SummaryTest {

  static {
    TrustedTypes.trust();
  }

  private static final Map<RejectionReason, Long> REJECTED = Map.of(RejectionReason.UNPRICED, 3L);

  private static RequestFates fates(long charged, long unaccounted) {
    return new RequestFates(
        1_200,
        charged,
        Map.of(BlockReason.VERIFICATION_REQUIRED, 90L),
        REJECTED,
        7,
        unaccounted,
        0);
  }

  private static RechargeOutcomes recharges() {
    RechargeOutcomes recharges = new RechargeOutcomes(DeclineFile.shipped());
    recharges.add(request("a:1", RechargeReason.BELOW_THRESHOLD));
    recharges.add(request("b:1", RechargeReason.BELOW_THRESHOLD));
    recharges.add(request("c:1", RechargeReason.BELOW_THRESHOLD));
    recharges.add(request("c:1", RechargeReason.UNKNOWN_OUTCOME));
    recharges.addCredited("a:1");
    recharges.add(decline("b:1", "stolen_card"));
    recharges.add(decline("b:1", "stolen_card"));
    return recharges;
  }

  private static RechargeRequested request(String rechargeId, RechargeReason reason) {
    return RechargeRequested.newBuilder()
        .setAccountId("x")
        .setRechargeId(rechargeId)
        .setAttempt(1)
        .setIdempotencyKey(rechargeId + ":1")
        .setAmountNanos(5_000_000_000L)
        .setCurrency("USD")
        .setReason(reason)
        .build();
  }

  private static PaymentFailed decline(String rechargeId, String code) {
    return PaymentFailed.newBuilder()
        .setPaymentId("charge-" + rechargeId + ":1")
        .setAccountId("x")
        .setAmountNanos(5_000_000_000L)
        .setOccurredAt(Instant.EPOCH)
        .setRechargeId(rechargeId)
        .setAttempt(1)
        .setDeclineCode(code)
        .build();
  }

  private static Summary summary(RequestFates requests, long expectedDuplicates, long others) {
    return summary(
        requests, expectedDuplicates, others, new SimulatedCards.Charged(1, 5_000_000_000L));
  }

  private static Summary summary(
      RequestFates requests, long expectedDuplicates, long others, SimulatedCards.Charged cards) {
    Books books =
        new Books(
            requests,
            20_000_000_000L,
            0,
            5_000_000_000L,
            1_234_560_000_001L,
            0,
            0,
            recharges(),
            others,
            Map.of(AlertType.LOW_BALANCE, 4L),
            List.of(new AccountTotals("org-001", 1_100, 1_234_560_000_001L, -500_000_000L)),
            new LedgerCheck().result());
    return new Summary(
        books, cards, 1_200, expectedDuplicates, REJECTED, 20, 42, Duration.ofMillis(1_500));
  }

  @Test
  void shouldHoldIfAllIsAsItWasSent() {
    assertThat(summary(fates(1_100, 0), 7, 0).holds()).isTrue();
  }

  @Test
  void shouldNotHoldIfARequestIsUnaccountedFor() {
    assertThat(summary(fates(1_099, 1), 7, 0).holds()).isFalse();
  }

  @Test
  void shouldNotHoldIfTheFatesDoNotAddUp() {
    assertThat(summary(fates(1_099, 0), 7, 0).holds()).isFalse();
  }

  @Test
  void shouldNotHoldIfOtherRequestsWereRepeated() {
    assertThat(summary(fates(1_100, 0), 6, 0).holds()).isFalse();
  }

  @Test
  void shouldNotHoldIfAPaymentWasRejected() {
    assertThat(summary(fates(1_100, 0), 7, 1).holds()).isFalse();
  }

  @Test
  void shouldNotHoldIfACardWasChargedForNoRecharge() {
    RequestFates requests = fates(1_100, 0);
    assertThat(summary(requests, 7, 0, new SimulatedCards.Charged(2, 5_000_000_000L)).holds())
        .isFalse();
    assertThat(summary(requests, 7, 0, new SimulatedCards.Charged(1, 5_000_000_001L)).holds())
        .isFalse();
  }

  @Test
  void shouldGiveExactNumbersToPrograms() {
    ObjectNode json = SummaryJson.of(summary(fates(1_100, 0), 7, 0));

    assertThat(json.get("requests").asLong()).isEqualTo(1_200);
    assertThat(json.get("charged").asLong()).isEqualTo(1_100);
    assertThat(json.get("blocked").get("VERIFICATION_REQUIRED").asLong()).isEqualTo(90);
    assertThat(json.get("rejected").get("UNPRICED").asLong()).isEqualTo(3);
    assertThat(json.get("duplicates").asLong()).isEqualTo(7);
    assertThat(json.get("chargedNanos").asLong()).isEqualTo(1_234_560_000_001L);
    assertThat(json.get("recharges").get("requested").asLong()).isEqualTo(3);
    assertThat(json.get("recharges").get("succeeded").asLong()).isEqualTo(1);
    assertThat(json.get("recharges").get("declined").toString()).isEqualTo("{\"STOP\":1}");
    assertThat(json.get("recharges").get("sentAgain").asLong()).isEqualTo(1);
    assertThat(json.get("recharges").get("unanswered").asLong()).isEqualTo(1);
    assertThat(json.get("cards").get("chargedOnce").asBoolean()).isTrue();
    assertThat(json.get("ledgerCheck").get("holds").asBoolean()).isTrue();
    assertThat(json.get("seed").asLong()).isEqualTo(42);
    assertThat(json.get("seconds").asText()).isEqualTo("1.500");
    assertThat(json.get("requestsPerSecond").asLong()).isEqualTo(800);
  }

  @Test
  void shouldFitATerminalOfEightyColumns() {
    StringWriter text = new StringWriter();

    new SummaryText(summary(fates(1_100, 0), 7, 0), new PrintWriter(text), false).print();

    assertThat(text.toString().lines()).allMatch(line -> line.length() < 80);
    assertThat(text.toString())
        .startsWith("1,200 requests of 20 accounts in 1.5 s, 800/s · seed 42")
        .contains(
            "  org-001" + " ".repeat(22) + "$1,234.56       1,100      -$0.50",
            "    verification required             90",
            "  declined                             1",
            "    stop                               1",
            "✓ 1 charges of cards, $5.00, for 1 recharges credited, each once",
            "✓ each request accounted for exactly once (7 repeated, 3 broken on purpose)");
  }
}
