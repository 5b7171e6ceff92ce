package io.tollgate.sandbox.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.events.AlertType;
import io.tollgate.events.BlockReason;
import io.tollgate.events.RejectionReason;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LiveFrameTest {

  private static Progress progress(long sent, LiveCounts counts) {
    return new Progress("sending", sent, 20_000, 998, counts);
  }

  private static LiveCounts counts() {
    return new LiveCounts(
        9_000,
        83_214_999_999L,
        Map.of(BlockReason.VERIFICATION_REQUIRED, 30L, BlockReason.INSUFFICIENT_CREDIT, 1L),
        Map.of(RejectionReason.UNPRICED, 7L),
        Map.of(AlertType.LOW_BALANCE, 12L),
        5,
        4,
        20_000_000_000L);
  }

  @Test
  void shouldShowWhereTheDemoStands() {
    assertThat(LiveFrame.lines(progress(10_000, counts()), 79))
        .containsExactly(
            "  " + "█".repeat(20) + "░".repeat(20) + "  sending",
            "",
            "  sent          10,000   of 20,000 · 998/s",
            "  charged        9,000   $83.21",
            "  blocked           31   30 verification required · 1 insufficient credit",
            "  rejected           7   7 unpriced",
            "  alerts            12   12 low balance",
            "  recharges          5   4 paid, $20.00");
  }

  @Test
  void shouldNeverBeWiderThanTheTerminalOrChangeItsHeight() {
    Map<AlertType, Long> alerts = new EnumMap<>(AlertType.class);
    for (AlertType type : AlertType.values()) {
      alerts.put(type, 123_456L);
    }
    LiveCounts many = new LiveCounts(0, 0, Map.of(), Map.of(), alerts, 0, 0, 0);

    List<String> lines = LiveFrame.lines(progress(0, many), 79);

    assertThat(lines).hasSize(8).allMatch(line -> line.length() <= 79);
    assertThat(lines.get(6)).endsWith("…");
  }

  @Test
  void shouldFitInOneLineForLogs() {
    assertThat(LiveFrame.line(progress(10_000, counts())))
        .isEqualTo(
            "sending: 10,000 of 20,000 sent · 9,000 charged, $83.21 · 31 blocked · 7 rejected · 12"
                + " alerts · 5 recharges");
  }
}
