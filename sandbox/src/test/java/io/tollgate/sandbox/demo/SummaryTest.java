package io.tollgate.sandbox.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tollgate.cli.verify.LedgerCheck;
import io.tollgate.events.AlertType;
import io.tollgate.events.BlockReason;
import io.tollgate.events.RejectionReason;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SummaryTest {

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

  private static Summary summary(RequestFates requests, long expectedDuplicates, long others) {
    Books books =
        new Books(
            requests,
            20_000_000_000L,
            0,
            5_000_000_000L,
            1_234_560_000_001L,
            0,
            0,
            3,
            2,
            others,
            Map.of(AlertType.LOW_BALANCE, 4L),
            List.of(new AccountTotals("org-001", 1_100, 1_234_560_000_001L, -500_000_000L)),
            new LedgerCheck().result());
    return new Summary(
        books, 1_200, expectedDuplicates, REJECTED, 20, 42, Duration.ofMillis(1_500));
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
  void shouldGiveExactNumbersToPrograms() {
    ObjectNode json = SummaryJson.of(summary(fates(1_100, 0), 7, 0));

    assertThat(json.get("requests").asLong()).isEqualTo(1_200);
    assertThat(json.get("charged").asLong()).isEqualTo(1_100);
    assertThat(json.get("blocked").get("VERIFICATION_REQUIRED").asLong()).isEqualTo(90);
    assertThat(json.get("rejected").get("UNPRICED").asLong()).isEqualTo(3);
    assertThat(json.get("duplicates").asLong()).isEqualTo(7);
    assertThat(json.get("chargedNanos").asLong()).isEqualTo(1_234_560_000_001L);
    assertThat(json.get("recharges").get("open").asLong()).isEqualTo(1);
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
            "✓ each request accounted for exactly once (7 repeated, 3 broken on purpose)");
  }
}
