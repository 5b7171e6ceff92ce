package io.tollgate.consumers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tollgate.events.AccountBalance;
import io.tollgate.events.BalanceAlert;
import io.tollgate.events.CreditStranded;
import io.tollgate.events.PaymentSucceeded;
import io.tollgate.events.TrialDecided;
import io.tollgate.schemas.topics.TopicNames;
import org.junit.jupiter.api.Test;

class HandlersTest {

  private final Handlers handlers = new Handlers(new TopicNames("x."));

  @Test
  void shouldKnowTheTopicsOfTheirTypes() {
    handlers.add(BalanceAlert.class, alert -> {});
    handlers.add(CreditStranded.class, notice -> {});
    handlers.add(TrialDecided.class, notice -> {});

    assertThat(handlers.topics()).containsExactlyInAnyOrder("x.balance-alerts", "x.credit-notices");
  }

  @Test
  void shouldRefuseTypesThatTollgateDoesNotSend() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> handlers.add(PaymentSucceeded.class, payment -> {}))
        .withMessage("PaymentSucceeded is not a type of any output topic");
  }

  @Test
  void shouldRefuseTables() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> handlers.add(AccountBalance.class, balance -> {}))
        .withMessage(
            "account-balances is a table that keeps the last AccountBalance of each account; "
                + "it has no events to be handled");
  }

  @Test
  void shouldRefuseASecondHandler() {
    handlers.add(BalanceAlert.class, alert -> {});

    assertThatIllegalArgumentException()
        .isThrownBy(() -> handlers.add(BalanceAlert.class, alert -> {}))
        .withMessage("BalanceAlert has a handler already");
  }
}
