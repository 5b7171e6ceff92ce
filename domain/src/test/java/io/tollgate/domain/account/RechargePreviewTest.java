package io.tollgate.domain.account;

import static io.tollgate.domain.account.AccountScenario.CENT;
import static io.tollgate.domain.account.AccountScenario.time;
import static io.tollgate.domain.event.PaymentBuilder.payment;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.domain.RuleSettings;
import io.tollgate.domain.account.RechargePreview.InFlightRecharge;
import io.tollgate.domain.account.RechargePreview.State;
import io.tollgate.domain.account.RechargePreview.Trial;
import io.tollgate.domain.claims.ClaimRules;
import io.tollgate.domain.claims.ClaimState;
import io.tollgate.domain.claims.ClaimState.Decline;
import io.tollgate.domain.effect.Effect;
import io.tollgate.domain.effect.Effect.AlertType;
import io.tollgate.domain.effect.Effect.BalanceAlert;
import io.tollgate.domain.effect.Effect.ClaimKind;
import io.tollgate.domain.effect.Effect.ClaimRequested;
import io.tollgate.domain.effect.Effect.RechargeRequested;
import io.tollgate.domain.event.AccountEvent;
import io.tollgate.domain.event.AccountEvent.ClaimAnswered;
import io.tollgate.domain.event.UsageBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RechargePreviewTest {

  private static final long START = time("2026-03-10T00:00:00Z");
  private static final long MINUTE = 60_000L;
  private static final long DAY = 24 * 60 * MINUTE;
  private static final RuleSettings RULES = RuleSettings.defaults(DeclineCodes.TABLE);

  private final AccountScenario acme = new AccountScenario().at(START).wantsAlertsAt();

  /** What the registry keeps of every card. */
  private @Nullable ClaimState card;

  @Test
  void shouldSayThatNothingWasEverConfigured() {
    RechargePreview preview = preview(acme.pays("p", 10_00), START, 5_00L);

    assertThat(preview.state()).isEqualTo(State.OFF);
    assertThat(preview.settings()).isNull();
    assertThat(preview.leftNanos()).isNull();
    assertThat(preview.debit()).isEqualTo(new Trial(START, 5_00 * CENT, 5_00 * CENT, List.of()));
    assertThat(preview.deadline()).isNull();
  }

  @Test
  void shouldTryTheSmallestDebitThatReachesTheThreshold() {
    acme.pays("p", 10_00).rechargesUpTo(50_00, 4_00, 20_00);

    RechargePreview preview = preview(acme, START, null);

    assertThat(preview.state()).isEqualTo(State.ARMED);
    assertThat(preview.leftNanos()).isEqualTo(50_00 * CENT);
    assertThat(preview.debit().debitNanos()).isEqualTo(6_00 * CENT);
    assertThat(preview.debit().postedNanos()).isEqualTo(4_00 * CENT);
    assertThat(request(preview.debit()).amountNanos()).isEqualTo(16_00 * CENT);
    assertThat(preview(acme, START, 5_99L).debit().effects()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 5_99, 6_00, 6_01, 10_50, 1000_00})
  void shouldForetellWhatTheNextUsageDoes(long cents) {
    acme.pays("p", 10_00).rechargesUpTo(17_00, 4_00, 20_00);
    acme.soFar();
    Account before = acme.account();
    byte[] snapshot = AccountCodec.encode(before, 0);

    Trial foretold = preview(acme, START + MINUTE, cents).debit();

    assertThat(AccountCodec.encode(before, 0)).isEqualTo(snapshot);
    acme.at(START + MINUTE).uses("u", cents);
    assertThat(acme.account().books.posted).isEqualTo(foretold.postedNanos());
    if (cents < 6_00) {
      assertThat(foretold.effects()).isEmpty();
    } else {
      assertThat(acme.recharge()).isEqualTo(request(foretold));
    }
  }

  @Test
  void shouldTellWhatIsLeftOfTheMonthAndThatItIsTooLittle() {
    acme.pays("p", 10_00).rechargesUpTo(18_00, 4_00, 20_00).uses("u", 6_00);

    RechargePreview pending = preview(acme, START + 1, 1L);
    assertThat(pending.requestedNanos()).isEqualTo(16_00 * CENT);
    assertThat(pending.leftNanos()).isEqualTo(2_00 * CENT);
    assertThat(pending.debit().effects()).isEmpty();

    acme.happens(payment("acme-1", 16_00 * CENT).recharge("acme:1", 1));
    Trial next = preview(acme, START + 1, null).debit();
    assertThat(next.effects())
        .singleElement()
        .isInstanceOfSatisfying(
            BalanceAlert.class,
            alert -> assertThat(alert.type()).isEqualTo(AlertType.RECHARGE_LIMIT_REACHED));
    assertThat(preview(acme, time("2026-04-01T00:00:00Z"), null).leftNanos())
        .isEqualTo(18_00 * CENT);
  }

  @Test
  void shouldTellWhenARequestIsSentAgainAndThatItStalls() {
    acme.pays("p", 10_00).recharges(4_00, 20_00).uses("u", 6_00);

    RechargePreview preview = preview(acme, START + 1, 1L);

    assertThat(preview.state()).isEqualTo(State.PENDING);
    assertThat(preview.recharge()).isEqualTo(new InFlightRecharge("acme:1", 1, 16_00 * CENT));
    assertThat(requireNonNull(preview.deadline()).at()).isEqualTo(START + 15 * MINUTE);
    assertThat(request(preview.deadline()).attempt()).isEqualTo(1);
    RechargePreview stalled = preview(acme, START + 60 * MINUTE, 1L);
    assertThat(stalled.state()).isEqualTo(State.STALLED);
    assertThat(stalled.deadline()).isNull();
  }

  @Test
  void shouldTellTheNextAttemptAfterADecline() {
    acme.pays("p", 10_00).recharges(4_00, 20_00).uses("u", 6_00);
    acme.isDeclined(1, 1, "insufficient_funds");

    RechargePreview preview = preview(acme, START + 1, 1L);

    assertThat(preview.state()).isEqualTo(State.COOLDOWN);
    assertThat(preview.debit().effects()).isEmpty();
    assertThat(request(preview.deadline()).attempt()).isEqualTo(2);
    assertThat(request(preview.deadline()).requestedAt())
        .isEqualTo(requireNonNull(preview.deadline()).at());
  }

  @Test
  void shouldAskTheBudgetOfTheCard() {
    acme.happens(payment("p", 10_00 * CENT).card("card")).recharges(4_00, 20_00);

    RechargePreview free = preview(acme, START, null);
    assertThat(free.cardKnown()).isTrue();
    assertThat(request(free.debit()).idempotencyKey()).isEqualTo("acme:1:1");

    card =
        new ClaimState.Card(
            List.of(),
            LongStream.range(0, 15).mapToObj(i -> new Decline("other", "p" + i, START)).toList());
    assertThat(preview(acme, START, null).debit().effects())
        .singleElement()
        .isInstanceOfSatisfying(
            BalanceAlert.class,
            alert -> {
              assertThat(alert.type()).isEqualTo(AlertType.RECHARGE_DELAYED);
              assertThat(alert.nextAttemptAt()).isEqualTo(START + 30 * DAY);
            });
  }

  @Test
  void shouldDoNothingForWhoIsSuspendedOrStopped() {
    acme.pays("p", 10_00).recharges(4_00, 20_00).isSuspended();
    RechargePreview suspended = preview(acme, START, null);
    assertThat(suspended.suspended()).isTrue();
    assertThat(suspended.debit().effects()).isEmpty();

    acme.isReinstated().uses("u", 6_00).isDeclined(1, 1, "expired_card");
    assertThat(preview(acme, START, 1L).state()).isEqualTo(State.STOPPED_BY_CUSTOMER);
    acme.recharges(4_00, 20_00).isDeclined(2, 1, "stolen_card");
    assertThat(preview(acme, START, 1L).state()).isEqualTo(State.STOPPED_FOR_GOOD);
    acme.rechargesNoMore();
    assertThat(preview(acme, START, 1L).state()).isEqualTo(State.OFF);
  }

  @Test
  void shouldTellThatSettingsWaitForAResult() {
    acme.pays("p", 10_00).recharges(4_00, 20_00).uses("u", 6_00).recharges(4_00, 30_00);

    assertThat(preview(acme, START, null).settingsWait()).isTrue();
  }

  @Test
  void shouldForetellRandomHistories() {
    int fired = 0;
    for (long seed = 1; seed <= 12; seed++) {
      RandomRecords records = new RandomRecords(seed);
      AccountPipeline pipeline = new AccountPipeline(RULES, RandomRecords.reference());
      for (int i = 0; i < 100; i++) {
        AccountEvent event = records.next();
        pipeline.process(event.getClass().getSimpleName(), event, records.nextTime());
        records.saw(pipeline.drain());
        if (pipeline.account() != null) {
          fired += foretell(pipeline, records, i % 3 == 0 ? 1L : null, "foretold-" + i);
        }
      }
    }
    assertThat(fired).isGreaterThan(20);
  }

  /** Foretells a debit, and makes it. Returns how much was said of recharges. */
  private static int foretell(
      AccountPipeline pipeline, RandomRecords records, @Nullable Long nanos, String eventId) {
    long at = Math.max(records.nextTime(), requireNonNull(pipeline.account()).ruleTime());
    pipeline.tick(at);
    records.saw(pipeline.drain());
    Trial foretold =
        RechargePreview.of(requireNonNull(pipeline.account()), RULES, key -> null, at, nanos)
            .debit();

    List<Effect> effects =
        process(
            pipeline,
            UsageBuilder.usage(eventId).model("metered").input(foretold.debitNanos()).build(at),
            at);

    records.saw(effects);
    assertThat(requireNonNull(pipeline.account()).books.posted).isEqualTo(foretold.postedNanos());
    assertThat(effects.stream().filter(RechargePreviewTest::isOfRecharge))
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("causeId")
        .isEqualTo(foretold.effects());
    return foretold.effects().size();
  }

  /** What comes of it, when the registry has answered. */
  private static List<Effect> process(AccountPipeline pipeline, AccountEvent event, long at) {
    pipeline.process(event.getClass().getSimpleName(), event, at);
    List<Effect> effects = new ArrayList<>(pipeline.drain());
    for (Effect effect : List.copyOf(effects)) {
      if (effect instanceof ClaimRequested request) {
        ClaimAnswered answer = ClaimRules.decide(null, request).answer();
        if (answer != null) {
          effects.addAll(process(pipeline, answer, at));
        }
      }
    }
    return effects;
  }

  private static boolean isOfRecharge(Effect effect) {
    return effect instanceof RechargeRequested
        || (effect instanceof BalanceAlert alert && alert.type().name().startsWith("RECHARGE_"));
  }

  @Test
  void shouldNotOverflow() {
    acme.pays("p", 10_00).recharges(4_00, 20_00);

    assertThat(
            RechargePreview.of(acme.account(), RULES, key -> null, START, Long.MAX_VALUE)
                .debit()
                .postedNanos())
        .isEqualTo(-1_00 * CENT);
  }

  private RechargePreview preview(AccountScenario scenario, long now, @Nullable Long cents) {
    return RechargePreview.of(
        scenario.account(),
        RULES,
        key -> key.equals(ClaimKind.CARD.keyOf("card")) ? card : null,
        now,
        cents == null ? null : Long.valueOf(cents * CENT));
  }

  private static RechargeRequested request(@Nullable Trial trial) {
    List<Effect> effects = requireNonNull(trial).effects();
    assertThat(effects).singleElement().isInstanceOf(RechargeRequested.class);
    return (RechargeRequested) effects.get(0);
  }
}
