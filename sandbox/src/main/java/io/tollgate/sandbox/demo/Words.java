package io.tollgate.sandbox.demo;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** How the demo writes numbers and names for people. */
final class Words {

  private Words() {}

  /** Such as {@code 12,345}. */
  static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** A constant's name as words: {@code LOW_BALANCE} is "low balance". */
  static String of(Enum<?> constant) {
    return of(constant.name());
  }

  static String of(String constant) {
    return constant.toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** Such as {@code 12 low balance · 3 exhausted}, the most first. */
  static <E extends Enum<E>> String list(Map<E, Long> counts) {
    return counts.entrySet().stream()
        .sorted(Map.Entry.<E, Long>comparingByValue().reversed())
        .map(entry -> count(entry.getValue()) + " " + of(entry.getKey()))
        .collect(Collectors.joining(" · "));
  }

  static long sum(Map<?, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
