package io.tollgate.sandbox.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.domain.DeclineTable;
import io.tollgate.domain.DeclineTable.Decline;
import io.tollgate.domain.DeclineTable.DeclineClass;
import io.tollgate.sandbox.demo.workload.AccountPlan;
import io.tollgate.sandbox.demo.workload.Funding;
import io.tollgate.sandbox.demo.workload.Verification;
import io.tollgate.streams.config.DeclineFile;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CardTest {

  @Test
  void shouldDealEveryKindAndDeclinesOfEveryClass() {
    List<AccountPlan> accounts =
        IntStream.range(0, 20)
            .mapToObj(
                i ->
                    new AccountPlan(
                        "org-" + i,
                        i == 0 ? Funding.UNANSWERED_RECHARGE : Funding.AUTO_RECHARGE,
                        Verification.NEVER,
                        1))
            .toList();

    assertThat(Card.deal(accounts).values()).contains(Card.values());
    DeclineTable table = DeclineFile.shipped();
    Set<DeclineClass> classes = EnumSet.noneOf(DeclineClass.class);
    for (Card card : Card.values()) {
      String code = card.declineCode();
      if (code != null) {
        Decline known = table.find(null, null, code);
        if (known == null) {
          assertThat(card).isEqualTo(Card.UNHEARD_OF);
        } else {
          classes.add(known.declineClass());
        }
      }
    }
    assertThat(classes).containsExactlyInAnyOrder(DeclineClass.values());
  }

  @Test
  void shouldLeaveAloneWhoIsNotRecharged() {
    assertThat(Card.deal(List.of(new AccountPlan("a", Funding.PREPAID, Verification.NEVER, 1))))
        .isEmpty();
  }
}
