package io.tollgate.domain.account;

import static io.tollgate.domain.account.AccountScenario.CENT;
import static io.tollgate.domain.account.AccountScenario.time;
import static io.tollgate.domain.event.AuthorizationBuilder.authorization;
import static io.tollgate.domain.event.PaymentBuilder.payment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.domain.codec.CorruptStateException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Deltas; that a snapshot with them is the live account is checked in every scenario. */
class AccountDeltaTest {

  private static final long START = time("2026-03-01T00:00:00Z");

  private static AccountScenario funded() {
    return new AccountScenario().at(START).happens(payment("p1", 5000 * CENT).card("card"));
  }

  /** The account before and after a debit that changes nothing but money. */
  private static Account[] debit() {
    AccountScenario acme = funded().uses("u1", 1_00).at(START + 1_000).uses("u2", 2_00);
    Account before = acme.account();
    acme.at(START + 2_000).uses("u3", 3_00);
    return new Account[] {before, acme.account()};
  }

  /**
   * The bytes that running state is made of. If this fails, the format has changed: give it a new
   * number and keep reading this one, or changes that are out there are lost.
   */
  @Test
  void shouldWriteTheStoredFormat() {
    Account[] accounts = debit();

    assertThat(HexFormat.of().formatHex(AccountDelta.between(accounts[0], accounts[1])))
        .isEqualTo(
            // Format, step, time that has passed.
            ("01 08 d00f"
                    // Hourly spend, the one small part that changed: hour, this one, the last.
                    + "08"
                    + "b08c3c 80f085da2c 00"
                    // Version, carry, debt, posted, purchased, granted, used, and five more sums.
                    + "02 00 00 fff782ad16 00 00 80f882ad16 00 00 00 00 00"
                    // Lots: none before, none behind, one in between; only what remains of it.
                    + "00 00 02 01 80e0d5e9c702"
                    // Grants to come: none. Holds: none ended, none changed. Limits: none changed.
                    + "00 00 00 00 00 00")
                .replace(" ", ""));
  }

  @Test
  void shouldBeAsSmallForManyHoldsAsForTen() {
    assertThat(deltaOfOneMoreHold(300)).isLessThan(deltaOfOneMoreHold(10) + 20);
  }

  private static int deltaOfOneMoreHold(int holds) {
    AccountScenario acme = funded();
    for (int i = 0; i < holds; i++) {
      acme.happens(authorization("a" + i).model(null).amount(1L));
    }
    Account before = acme.account();
    acme.happens(authorization("one-more").model(null).amount(1L));
    return AccountDelta.between(before, acme.account()).length;
  }

  @Test
  void shouldRefuseAStepThatDoesNotComeNext() {
    Account[] accounts = debit();
    byte[] delta = AccountDelta.between(accounts[0], accounts[1]);

    assertThat(AccountDelta.step(delta)).isEqualTo(accounts[1].steps());
    assertThatThrownBy(() -> AccountDelta.apply(accounts[1], delta))
        .isInstanceOf(CorruptStateException.class)
        .hasMessageContaining("step 4 of an account was to follow its step 4");
  }

  @Test
  void shouldRefuseAFormatItDoesNotKnow() {
    Account[] accounts = debit();
    byte[] delta = AccountDelta.between(accounts[0], accounts[1]);
    for (int format : new int[] {0, 2, 99, 255}) {
      delta[0] = (byte) format;
      assertThatThrownBy(() -> AccountDelta.apply(accounts[0], delta))
          .isInstanceOf(CorruptStateException.class)
          .hasMessageContaining("format " + format);
    }
  }

  @Test
  void shouldRefuseEveryTruncationAndWhatIsLeftOver() {
    Account[] accounts = debit();
    byte[] delta = AccountDelta.between(accounts[0], accounts[1]);
    for (int length = 0; length < delta.length; length++) {
      byte[] cut = Arrays.copyOf(delta, length);
      assertThatThrownBy(() -> AccountDelta.apply(accounts[0], cut))
          .isInstanceOf(CorruptStateException.class);
    }
    byte[] more = Arrays.copyOf(delta, delta.length + 1);
    assertThatThrownBy(() -> AccountDelta.apply(accounts[0], more))
        .isInstanceOf(CorruptStateException.class);
  }

  @Test
  void shouldNeverFailInAnotherWayOnDamagedBytes() {
    AccountScenario acme = funded().happens(authorization("a1").model(null).amount(5L));
    Account before = acme.account();
    acme.happens(authorization("a2").model(null).amount(Long.MAX_VALUE / 2)).uses("u1", 1_00);
    byte[] delta = AccountDelta.between(before, twoInOne(before, acme.account()));
    Random random = new Random(7);
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] damaged = delta.clone();
      for (int flips = random.nextInt(4); flips >= 0; flips--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      try {
        AccountDelta.apply(before, damaged);
      } catch (CorruptStateException expected) {
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }

  /** The later state, numbered as if one step had led to it. */
  private static Account twoInOne(Account before, Account later) {
    Account copy = later.copy();
    copy.steps = before.steps + 1;
    return copy;
  }
}
