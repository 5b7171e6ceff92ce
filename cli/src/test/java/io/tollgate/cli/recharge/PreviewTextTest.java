package io.tollgate.cli.recharge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tollgate.cli.Colours;
import io.tollgate.domain.account.RechargePreview;
import io.tollgate.domain.account.RechargePreview.InFlightRecharge;
import io.tollgate.domain.account.RechargePreview.Settings;
import io.tollgate.domain.account.RechargePreview.State;
import io.tollgate.domain.account.RechargePreview.Trial;
import io.tollgate.domain.effect.Effect;
import io.tollgate.domain.effect.Effect.RechargeReason;
import io.tollgate.domain.effect.Effect.RechargeRequested;
import io.tollgate.schemas.TrustedTypes;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreviewTextTest {

  static {
    TrustedTypes.trust();
  }

  private static final long UNIT = 1_000_000_000L;
  private static final long NOW = Instant.parse("2026-09-15T10:00:00Z").toEpochMilli();
  private static final InFlightRecharge RECHARGE = new InFlightRecharge("acme:1", 2, 16 * UNIT);

  @Test
  void shouldPrintWhatTheDocsShow() throws Exception {
    String text = text(preview(State.ARMED, false, null, 4, request(1, NOW)));

    assertThat(Files.readString(Path.of("../docs/answers.md"), UTF_8))
        .contains("```text\n" + text + "```\n");
  }

  @ParameterizedTest
  @CsvSource({
    "OFF, false, 4, 'since auto-recharge is off'",
    "ARMED, false, 5, 'since that is above the threshold'",
    "ARMED, false, 4, 'since the monthly limit leaves less than the smallest recharge'",
    "ARMED, true, 4, 'since the account is suspended'",
    "STOPPED_BY_CUSTOMER, false, 4, 'until a purchase lifts the balance over the threshold'",
    "STOPPED_FOR_GOOD, false, 4, 'until it is configured anew'"
  })
  void shouldSayWhyNothingHappens(State state, boolean suspended, long posted, String why) {
    assertThat(text(preview(state, suspended, null, posted))).contains("  nothing, " + why);
  }

  @Test
  void shouldSayThatOneIsOnItsWay() {
    assertThat(text(preview(State.COOLDOWN, false, RECHARGE, 4)))
        .contains("  recharge acme:1 of 16.00 USD is on its way: attempt 2")
        .contains("  nothing, since recharge acme:1 is on its way\n");
    assertThat(text(preview(State.CLAIMING, false, RECHARGE, 4)))
        .contains("attempt 2 waits for the answer whether its card has budget left\n");
    assertThat(text(preview(State.STALLED, false, RECHARGE, 4)))
        .contains("configuring auto-recharge anew gives it up");
  }

  @Test
  void shouldSayWhatTimeBrings() {
    RechargePreview waiting =
        new RechargePreview(
            "acme",
            "USD",
            NOW,
            State.COOLDOWN,
            false,
            4 * UNIT,
            new Settings(4 * UNIT, 20 * UNIT, null, NOW),
            true,
            "2026-09",
            16 * UNIT,
            null,
            false,
            RECHARGE,
            new Trial(NOW, 0, 4 * UNIT, List.of()),
            new Trial(NOW + 3_600_000, 0, 4 * UNIT, List.of(request(2, NOW + 3_600_000))));

    assertThat(text(waiting))
        .contains("newer ones wait for the result", "no monthly limit; requested in 2026-09: 16.00")
        .contains("no payment has named a card yet")
        .contains("By itself, at 2026-09-15T11:00:00.000Z:\n  16.00 USD, RETRY_AFTER_DECLINE:");
    JsonNode json = new PreviewJson(waiting).toJson();
    assertThat(json.at("/deadline/effects/0/value/attempt").asInt()).isEqualTo(2);
    assertThat(json.at("/settings/monthlyLimitNanos").isNull()).isTrue();
    assertThat(json.at("/recharge/attempt").asInt()).isEqualTo(2);
  }

  @Test
  void shouldSayThatItWasNeverConfigured() {
    RechargePreview none =
        new RechargePreview(
            "acme",
            "USD",
            NOW,
            State.OFF,
            false,
            UNIT,
            null,
            false,
            "2026-09",
            0,
            null,
            false,
            null,
            new Trial(NOW, 0, UNIT, List.of()),
            null);

    assertThat(text(none)).contains("  it was never configured\n", "since auto-recharge is off");
    assertThat(new PreviewJson(none).toJson().get("settings").isNull()).isTrue();
  }

  private static RechargePreview preview(
      State state,
      boolean suspended,
      @Nullable InFlightRecharge recharge,
      long postedAfter,
      Effect... effects) {
    return new RechargePreview(
        "acme",
        "USD",
        NOW,
        state,
        suspended,
        10 * UNIT,
        new Settings(4 * UNIT, 20 * UNIT, 50 * UNIT, NOW - 86_400_000),
        false,
        "2026-09",
        16 * UNIT,
        34 * UNIT,
        true,
        recharge,
        new Trial(NOW, (10 - postedAfter) * UNIT, postedAfter * UNIT, List.of(effects)),
        null);
  }

  private static RechargeRequested request(int attempt, long at) {
    return new RechargeRequested(
        "acme:1",
        attempt,
        "acme:1:" + attempt,
        "acme",
        16 * UNIT,
        "USD",
        4 * UNIT,
        4 * UNIT,
        20 * UNIT,
        at,
        at + 900_000,
        attempt == 1 ? RechargeReason.BELOW_THRESHOLD : RechargeReason.RETRY_AFTER_DECLINE);
  }

  private static String text(RechargePreview preview) {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    new PreviewText(preview, new Colours(false)).print(out);
    out.flush();
    return text.toString().replace(System.lineSeparator(), "\n");
  }
}
