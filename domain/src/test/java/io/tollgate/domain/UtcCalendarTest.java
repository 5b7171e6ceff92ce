package io.tollgate.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UtcCalendarTest {

  @ParameterizedTest
  @CsvSource({
    "2026-01-01T00:00:00.000Z, 1, 2027-01-01T00:00:00.000Z",
    "2024-02-29T12:34:56.789Z, 1, 2025-02-28T12:34:56.789Z",
    "2023-02-28T23:59:59.999Z, 1, 2024-02-28T23:59:59.999Z",
    "2024-02-29T00:00:00.000Z, 4, 2028-02-29T00:00:00.000Z",
    "2099-12-31T00:00:00.000Z, 1, 2100-12-31T00:00:00.000Z",
    "9999-06-01T00:00:00.000Z, 1, 9999-12-31T23:59:59.999Z"
  })
  void shouldAddYearsAndClampToTheMonthsLastDay(String from, int years, String expected) {
    assertThat(UtcCalendar.text(UtcCalendar.plusYears(millis(from), years))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-30T10:00:00.000Z, 3, 2027-02-28T10:00:00.000Z",
    "2023-11-30T10:00:00.000Z, 3, 2024-02-29T10:00:00.000Z",
    "2099-11-30T00:00:00.000Z, 3, 2100-02-28T00:00:00.000Z",
    "2026-01-31T00:00:00.000Z, 3, 2026-04-30T00:00:00.000Z",
    "2026-01-15T00:00:00.000Z, 3, 2026-04-15T00:00:00.000Z"
  })
  void shouldAddMonthsAndClampToTheMonthsLastDay(String from, int months, String expected) {
    assertThat(UtcCalendar.text(UtcCalendar.plusMonths(millis(from), months))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "1970-01-01T00:00:00.000Z, 1970-01, 1970-01-01T00:00:00.000Z",
    "2026-01-31T23:59:59.999Z, 2026-01, 2026-01-01T00:00:00.000Z",
    "2026-02-01T00:00:00.000Z, 2026-02, 2026-02-01T00:00:00.000Z",
    "2024-02-29T00:00:00.000Z, 2024-02, 2024-02-01T00:00:00.000Z",
    "2026-12-31T23:59:59.999Z, 2026-12, 2026-12-01T00:00:00.000Z"
  })
  void shouldKnowTheUtcMonth(String at, String month, String start) {
    int number = UtcCalendar.monthOf(millis(at));
    assertThat(UtcCalendar.monthText(number)).isEqualTo(month);
    assertThat(UtcCalendar.text(UtcCalendar.startOf(number))).isEqualTo(start);
    assertThat(UtcCalendar.monthOf(UtcCalendar.startOf(number + 1) - 1)).isEqualTo(number);
  }

  @Test
  void shouldAlwaysWriteMilliseconds() {
    assertThat(UtcCalendar.text(0)).isEqualTo("1970-01-01T00:00:00.000Z");
    assertThat(UtcCalendar.text(Limits.MAX_TIME)).isEqualTo("9999-12-31T23:59:59.999Z");
  }

  private static long millis(String iso) {
    return Instant.parse(iso).toEpochMilli();
  }

  @Test
  void shouldWriteTimesToTheMinuteForPeople() {
    long now = Instant.parse("2026-03-10T13:59:59.999Z").toEpochMilli();
    assertThat(UtcCalendar.minuteText(now + 1, now)).isEqualTo("14:00 UTC");
    assertThat(UtcCalendar.minuteText(now, now)).isEqualTo("13:59 UTC");
    assertThat(UtcCalendar.minuteText(now + UtcCalendar.DAY_MILLIS, now))
        .isEqualTo("2026-03-11 13:59 UTC");
  }

  @Test
  void shouldWriteTheStartOfADayAsTheDay() {
    assertThat(UtcCalendar.dayText(millis("2026-10-01T00:00:00Z"))).isEqualTo("2026-10-01");
    assertThat(UtcCalendar.dayText(millis("2026-10-01T00:05:00Z")))
        .isEqualTo("2026-10-01 00:05 UTC");
  }
}
