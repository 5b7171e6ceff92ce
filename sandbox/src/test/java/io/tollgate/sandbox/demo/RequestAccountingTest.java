package io.tollgate.sandbox.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.events.BlockReason;
import io.tollgate.events.RejectionReason;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequestAccountingTest {

  private final RequestAccounting accounting = new RequestAccounting();

  @Test
  void shouldFindTheFateOfEachRequest() {
    accounting.addSent(0, 0, "a", "1");
    accounting.addSent(0, 1, "a", "2");
    accounting.addSent(0, 2, "a", "1");
    accounting.addSent(0, 3, "a", "2");
    accounting.addUnreadable(0, 4);
    accounting.addSent(1, 0, "b", "1");
    accounting.addCharge(0, 0);
    accounting.addBlock("a", "2", BlockReason.VERIFICATION_REQUIRED);
    accounting.addRejection(0, 4, RejectionReason.UNDECODABLE);
    accounting.addRejection(1, 0, RejectionReason.UNPRICED);

    RequestFates fates = accounting.fates();

    assertThat(fates)
        .isEqualTo(
            new RequestFates(
                6,
                1,
                Map.of(BlockReason.VERIFICATION_REQUIRED, 1L),
                Map.of(RejectionReason.UNDECODABLE, 1L, RejectionReason.UNPRICED, 1L),
                2,
                0,
                0));
    assertThat(fates.isExactlyOnce()).isTrue();
  }

  @Test
  void shouldNotTakeARejectedRequestForTheOriginalOfADuplicate() {
    accounting.addSent(0, 0, "a", "1");
    accounting.addSent(0, 1, "a", "1");
    accounting.addRejection(0, 0, RejectionReason.UNPRICED);

    assertThat(accounting.fates().unaccounted()).isEqualTo(1);
    assertThat(accounting.fates().isExactlyOnce()).isFalse();
  }

  @Test
  void shouldMissALostRequest() {
    accounting.addSent(0, 0, "a", "1");

    assertThat(accounting.fates().unaccounted()).isEqualTo(1);
  }

  @Test
  void shouldNotTakeALaterRequestForTheOriginal() {
    accounting.addSent(0, 0, "a", "1");
    accounting.addSent(0, 1, "a", "1");
    accounting.addCharge(0, 1);

    assertThat(accounting.fates().unaccounted()).isEqualTo(1);
  }

  @Test
  void shouldSeeARequestChargedTwice() {
    accounting.addSent(0, 0, "a", "1");
    accounting.addSent(0, 1, "a", "1");
    accounting.addCharge(0, 0);
    accounting.addCharge(0, 1);

    assertThat(accounting.fates().surplus()).isEqualTo(1);
  }

  @Test
  void shouldSeeARecordChargedTwice() {
    accounting.addSent(0, 0, "a", "1");
    accounting.addCharge(0, 0);
    accounting.addCharge(0, 0);

    assertThat(accounting.fates().surplus()).isEqualTo(1);
  }

  @Test
  void shouldSeeARequestChargedAndRejected() {
    accounting.addSent(0, 0, "a", "1");
    accounting.addCharge(0, 0);
    accounting.addRejection(0, 0, RejectionReason.MALFORMED);

    assertThat(accounting.fates().surplus()).isEqualTo(1);
  }

  @Test
  void shouldSeeARequestChargedAndBlocked() {
    accounting.addSent(0, 0, "a", "1");
    accounting.addCharge(0, 0);
    accounting.addBlock("a", "1", BlockReason.INSUFFICIENT_CREDIT);

    assertThat(accounting.fates().surplus()).isEqualTo(1);
  }

  @Test
  void shouldSeeOutputsThatBelongToNoRequest() {
    accounting.addCharge(0, 9);
    accounting.addRejection(0, 8, RejectionReason.MALFORMED);
    accounting.addBlock("a", "7", BlockReason.INSUFFICIENT_CREDIT);

    assertThat(accounting.fates().surplus()).isEqualTo(3);
  }
}
