package io.tollgate.domain.account;

import static io.tollgate.domain.account.AccountScenario.time;
import static io.tollgate.domain.event.PaymentBuilder.payment;
import static io.tollgate.domain.event.UsageBuilder.usage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.domain.RejectionReason;
import io.tollgate.domain.RuleSettings;
import io.tollgate.domain.effect.Effect;
import io.tollgate.domain.event.AccountEvent;
import io.tollgate.domain.rating.Reference;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccountRulesTest {

  private static final long START = time("2026-03-01T00:00:00Z");

  private final AccountRules rules =
      new AccountRules(
          RuleSettings.defaults(DeclineCodes.TABLE), new Reference(), new InMemoryMemory());

  @Test
  void shouldOpenAnAccountWithItsFirstAcceptedRecord() {
    Decision decision = rules.decide(null, payment("p1", 5).account("new").build(START), arrival());
    assertThat(decision)
        .isInstanceOfSatisfying(
            Decision.Applied.class,
            applied -> {
              assertThat(applied.account().id()).isEqualTo("new");
              assertThat(applied.account().ruleTime()).isEqualTo(START);
              assertThat(applied.account().balance().postedNanos()).isEqualTo(5);
              assertThat(applied.effects()).extracting(Effect::accountId).containsOnly("new");
              assertThat(applied.remembered()).hasSize(1);
            });
  }

  @Test
  void shouldRefuseRatherThanThrow() {
    List<AccountEvent> bad =
        List.of(usage("").build(START), payment("p", -1).build(START), usage("u").build(-1));
    for (AccountEvent event : bad) {
      assertThat(rules.decide(null, event, arrival()))
          .isInstanceOfSatisfying(
              Decision.Rejected.class,
              rejected ->
                  assertThat(rejected.rejection().reason()).isEqualTo(RejectionReason.MALFORMED));
    }
  }

  @Test
  void shouldTakeFiringWithoutADeadlineForAMistakeOfItsCaller() {
    Account account = new Account("acme");
    assertThat(rules.nextDeadline(account)).isEqualTo(AccountRules.NOTHING_DUE);
    assertThatThrownBy(() -> rules.fire(account, arrival()))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void shouldDefaultToTheContractsNumbers() {
    assertThat(RuleSettings.defaults(DeclineCodes.TABLE))
        .isEqualTo(
            new RuleSettings(
                List.of(5_000_000_000L, 1_000_000_000L),
                1_000_000_000L,
                5_000_000_000L,
                3_600_000L,
                10_000L,
                3_024_000_000L,
                3_600_000L,
                900_000L,
                DeclineCodes.TABLE));
  }

  private static Arrival arrival() {
    return new Arrival("payment-events", 0, 0, START, START);
  }
}
