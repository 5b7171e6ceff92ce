package io.tollgate.domain.account;

import static io.tollgate.domain.account.AccountScenario.ACCOUNT;
import static io.tollgate.domain.account.AccountScenario.CENT;
import static io.tollgate.domain.event.AccountEvent.DisputeStatus.INQUIRY;
import static io.tollgate.domain.event.AccountEvent.DisputeStatus.LOST;
import static io.tollgate.domain.event.AccountEvent.DisputeStatus.OPEN;
import static io.tollgate.domain.event.AccountEvent.DisputeStatus.WON;
import static io.tollgate.domain.event.AccountEvent.RefundStatus.FAILED;
import static io.tollgate.domain.event.AccountEvent.RefundStatus.PENDING;
import static io.tollgate.domain.event.AccountEvent.RefundStatus.SUCCEEDED;
import static io.tollgate.domain.event.PaymentBuilder.payment;
import static io.tollgate.domain.event.UsageBuilder.usage;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.domain.RuleSettings;
import io.tollgate.domain.effect.Effect.AccountBalance;
import io.tollgate.domain.effect.Effect.Lifetime;
import io.tollgate.domain.effect.Effect.LotBalance;
import io.tollgate.domain.event.AccountEvent;
import io.tollgate.domain.event.AccountEvent.DisputeStatus;
import io.tollgate.domain.event.AccountEvent.DisputeUpdated;
import io.tollgate.domain.event.AccountEvent.PaymentRefunded;
import io.tollgate.domain.event.AccountEvent.RefundStatus;
import io.tollgate.domain.identity.PaymentRecord.Reversed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Events of one payment in every order, some of them twice: there is one state to end in. */
class PaymentOrderTest {

  private static final long AT = AccountScenario.time("2026-03-01T00:00:00Z");
  private static final int SHUFFLES = 10_000;

  private final Random random = new Random(42);

  /** What must be the same; how many entries it took is not. */
  private record End(
      long posted,
      long available,
      long debt,
      List<LotBalance> lots,
      Lifetime lifetime,
      Reversed reversed) {}

  private static AccountEvent paid(long cents) {
    return payment("p", cents * CENT).build(AT);
  }

  private static AccountEvent refund(String id, long cents, RefundStatus status) {
    return new PaymentRefunded(id, "p", ACCOUNT, cents * CENT, status, AT);
  }

  private static AccountEvent dispute(String id, long cents, DisputeStatus status) {
    return new DisputeUpdated(id, "p", ACCOUNT, cents * CENT, status, AT);
  }

  private static AccountEvent used(long cents) {
    return usage("u").input(cents * CENT).build(AT);
  }

  @Test
  void shouldEndInOneStateInAllOrdersOfAFailedRefundAndALostDispute() {
    List<AccountEvent> events =
        List.of(
            paid(10_00),
            refund("r", 4_00, PENDING),
            refund("r", 4_00, SUCCEEDED),
            refund("r", 4_00, FAILED),
            dispute("d", 10_00, INQUIRY),
            dispute("d", 10_00, OPEN),
            dispute("d", 10_00, WON),
            dispute("d", 10_00, LOST));
    End end = end(List.of(), events);
    assertThat(end.posted()).isZero();
    assertThat(end.lifetime().disputed()).isEqualTo(1000 * CENT);

    List<List<AccountEvent>> orders = new ArrayList<>();
    permute(new ArrayList<>(events), 0, orders);

    assertThat(orders).hasSize(40_320);
    orders.forEach(order -> assertEnd(end, List.of(), order));
  }

  @Test
  void shouldEndInOneStateWithRefundsAndDisputesBesideEachOther() {
    List<AccountEvent> before = List.of(used(1_00));
    List<AccountEvent> events =
        List.of(
            paid(10_00),
            refund("r1", 3_00, SUCCEEDED),
            refund("r2", 2_00, PENDING),
            refund("r2", 2_00, SUCCEEDED),
            dispute("d1", 4_00, OPEN),
            dispute("d1", 4_00, WON),
            dispute("d2", 1_00, OPEN),
            dispute("d3", 2_00, LOST));
    End end = end(before, events);
    assertThat(end.posted()).isEqualTo(200 * CENT);
    assertThat(end.available()).isEqualTo(100 * CENT);
    assertThat(end.lifetime())
        .isEqualTo(new Lifetime(1000 * CENT, 0, 100 * CENT, 0, 500 * CENT, 200 * CENT, 0, 0));
    shuffle(end, before, events);
  }

  @Test
  void shouldEndInOneStateWhenDisputesExceedWhatARefundLeftForAWhile() {
    List<AccountEvent> before = List.of(used(1_00));
    List<AccountEvent> events =
        List.of(
            paid(10_00),
            refund("r1", 6_00, SUCCEEDED),
            refund("r1", 6_00, FAILED),
            dispute("d1", 3_00, OPEN),
            dispute("d1", 5_00, LOST),
            dispute("d2", 2_00, OPEN),
            dispute("d2", 4_00, LOST),
            dispute("d3", 9_00, INQUIRY));
    End end = end(before, events);
    assertThat(end.posted()).isZero();
    assertThat(end.lifetime())
        .isEqualTo(new Lifetime(1000 * CENT, 0, 100 * CENT, 0, 0, 900 * CENT, 0, 0));
    shuffle(end, before, events);
  }

  private void shuffle(End end, List<AccountEvent> before, List<AccountEvent> events) {
    List<AccountEvent> order = new ArrayList<>(events);
    for (int i = 0; i < SHUFFLES; i++) {
      Collections.shuffle(order, random);
      assertEnd(end, before, order);
    }
  }

  private static void permute(
      List<AccountEvent> events, int fixed, List<List<AccountEvent>> orders) {
    if (fixed == events.size()) {
      orders.add(List.copyOf(events));
    }
    for (int i = fixed; i < events.size(); i++) {
      Collections.swap(events, fixed, i);
      permute(events, fixed + 1, orders);
      Collections.swap(events, fixed, i);
    }
  }

  private void assertEnd(End expected, List<AccountEvent> before, List<AccountEvent> order) {
    List<AccountEvent> sent = new ArrayList<>(order);
    for (int copies = random.nextInt(4); copies > 0; copies--) {
      AccountEvent again = order.get(random.nextInt(order.size()));
      sent.add(sent.indexOf(again) + random.nextInt(sent.size() - sent.indexOf(again)) + 1, again);
    }
    End end = end(before, sent);
    if (!end.equals(expected)) {
      assertThat(end).as("after %s", sent).isEqualTo(expected);
    }
  }

  private static End end(List<AccountEvent> before, List<AccountEvent> events) {
    InMemoryMemory memory = new InMemoryMemory();
    AccountRules rules =
        new AccountRules(
            RuleSettings.defaults(DeclineCodes.TABLE), new AccountScenario().reference, memory);
    @Nullable Account account = null;
    long offset = 0;
    for (List<AccountEvent> each : List.of(before, events)) {
      for (AccountEvent event : each) {
        Arrival arrival = new Arrival("payment-events", 0, offset++, AT, AT);
        if (rules.decide(account, event, arrival) instanceof Decision.Applied applied) {
          applied.remembered().forEach(memory::add);
          account = applied.account();
        }
      }
    }
    AccountBalance balance = Objects.requireNonNull(account).balance();
    return new End(
        balance.postedNanos(),
        balance.availableNanos(),
        balance.debtNanos(),
        balance.lots(),
        balance.lifetime(),
        Objects.requireNonNull(memory.payment(ACCOUNT, "p")).reversed());
  }
}
