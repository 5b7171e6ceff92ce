package io.tollgate.sandbox.demo;

import java.util.List;
import java.util.Map;

/** The lines of the live view. */
final class LiveFrame {

  private static final int BAR = 40;
  private static final String FULL = "█";
  private static final String EMPTY = "░";
  private static final String CUT = "…";

  private LiveFrame() {}

  /** So many lines, always; none wider than this. */
  static List<String> lines(Progress progress, int width) {
    LiveCounts counts = progress.counts();
    int filled =
        progress.total() == 0
            ? 0
            : (int) (Math.min(progress.sent(), progress.total()) * BAR / progress.total());
    return List.of(
            "  %s%s  %s"
                .formatted(FULL.repeat(filled), EMPTY.repeat(BAR - filled), progress.phase()),
            "",
            row(
                "sent",
                Words.count(progress.sent()),
                "of %s · %s/s"
                    .formatted(Words.count(progress.total()), Words.count(progress.perSecond()))),
            row("charged", Words.count(counts.charged()), Dollars.of(counts.chargedNanos())),
            row("blocked", counts.blocked()),
            row("rejected", counts.rejected()),
            row("alerts", counts.alerts()),
            row(
                "recharges",
                Words.count(counts.rechargesRequested()),
                "%s paid, %s"
                    .formatted(
                        Words.count(counts.rechargesPaid()), Dollars.of(counts.rechargedNanos()))))
        .stream()
        .map(line -> cut(line, width))
        .toList();
  }

  /** The same in one line, for logs. */
  static String line(Progress progress) {
    LiveCounts counts = progress.counts();
    return "%s: %s of %s sent · %s charged, %s · %s blocked · %s rejected · %s alerts · %s recharges"
        .formatted(
            progress.phase(),
            Words.count(progress.sent()),
            Words.count(progress.total()),
            Words.count(counts.charged()),
            Dollars.of(counts.chargedNanos()),
            Words.count(Words.sum(counts.blocked())),
            Words.count(Words.sum(counts.rejected())),
            Words.count(Words.sum(counts.alerts())),
            Words.count(counts.rechargesRequested()));
  }

  private static <E extends Enum<E>> String row(String name, Map<E, Long> counts) {
    return row(name, Words.count(Words.sum(counts)), Words.list(counts));
  }

  private static String row(String name, String number, String detail) {
    return "  %-10s%10s   %s".formatted(name, number, detail).stripTrailing();
  }

  private static String cut(String line, int width) {
    return line.length() <= width ? line : line.substring(0, width - 1) + CUT;
  }
}
