package io.tollgate.cli.top;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.cli.Colours;
import io.tollgate.cli.verify.Books;
import io.tollgate.events.AlertType;
import io.tollgate.events.BalanceAlert;
import io.tollgate.events.RejectedEvent;
import io.tollgate.events.UsageBlocked;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigInteger;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ActivityTest {

  private final Activity activity = new Activity();

  @Test
  void shouldCountCallsAndWhatTheyCost() {
    Books.entries("acme").forEach(activity::add);

    Activity.OfAccount acme = activity.busiest(1).get(0);
    assertThat(acme.accountId()).isEqualTo("acme");
    assertThat(acme.calls()).isEqualTo(2);
    assertThat(acme.chargedNanos()).isEqualTo(BigInteger.valueOf(11));
    assertThat(acme.balanceNanos()).isEqualTo(4);
    assertThat(activity.calls()).isEqualTo(2);
  }

  @Test
  void shouldShowTheBusiestFirstAndNotMoreThanAsked() {
    activity.add(Books.entries("quiet").get(1));
    Books.entries("busy").forEach(activity::add);
    activity.add(UsageBlocked.newBuilder().setAccountId("refused").build());

    assertThat(activity.busiest(2))
        .extracting(Activity.OfAccount::accountId)
        .containsExactly("busy", "quiet");
    assertThat(activity.accounts()).isEqualTo(3);
  }

  @Test
  void shouldCountBlocksAlertsAndRejections() {
    activity.add(UsageBlocked.newBuilder().setAccountId("acme").build());
    activity.add(
        BalanceAlert.newBuilder().setAccountId("acme").setType(AlertType.LOW_BALANCE).build());
    activity.add(RejectedEvent.newBuilder().build());

    assertThat(activity.busiest(9)).hasSize(1);
    assertThat(activity.busiest(9).get(0).blocked()).isEqualTo(1);
    assertThat(activity.busiest(9).get(0).lastAlert()).isEqualTo("LOW_BALANCE");
    assertThat(activity.blocked()).isEqualTo(1);
    assertThat(activity.alerts()).isEqualTo(1);
    assertThat(activity.rejected()).isEqualTo(1);
  }

  @Test
  void shouldPrintATable() {
    Books.entries("acme").forEach(activity::add);
    StringWriter text = new StringWriter();

    new Frame(activity, activity.busiest(5), Duration.ofSeconds(4), 1)
        .print(new PrintWriter(text), new Colours(false));

    assertThat(text.toString().lines())
        .containsExactly(
            "1 calls a second; in 4 s: 2 calls, 0 blocked, 0 rejected, 0 alerts, 1 accounts",
            "ACCOUNT  CALLS  CHARGED      BALANCE      BLOCKED  LAST ALERT",
            "acme     2      0.000000011  0.000000004  0");
  }
}
