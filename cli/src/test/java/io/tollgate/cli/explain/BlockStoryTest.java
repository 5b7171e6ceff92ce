package io.tollgate.cli.explain;

import static io.tollgate.cli.explain.ToldRecords.TIME;
import static io.tollgate.cli.explain.ToldRecords.UNIT;
import static io.tollgate.cli.explain.ToldRecords.only;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.cli.kafka.TopicRecord;
import io.tollgate.events.AccountAccess;
import io.tollgate.events.AccountReinstated;
import io.tollgate.events.AccountStatus;
import io.tollgate.events.AccountSuspended;
import io.tollgate.events.AlertType;
import io.tollgate.events.AuthorizationRequested;
import io.tollgate.events.BalanceAlert;
import io.tollgate.events.BlockReason;
import io.tollgate.events.CreditState;
import io.tollgate.events.CreditStranded;
import io.tollgate.events.SpendLimitConfigured;
import io.tollgate.events.SpendLimitEnforcement;
import io.tollgate.events.SpendLimitScope;
import io.tollgate.events.StrandingCleared;
import io.tollgate.events.UsageBlocked;
import io.tollgate.events.VerificationStatus;
import io.tollgate.events.VerificationUpdated;
import io.tollgate.schemas.topics.TopicCatalogue;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BlockStoryTest {

  private final ToldRecords told = new ToldRecords();

  @ParameterizedTest
  @EnumSource(BlockReason.class)
  void shouldTellEveryReasonOfABlock(BlockReason reason) {
    Story story = only(told.tell(told.history("e1", block(reason)), "e1"));

    assertThat(story.headline())
        .isEqualTo("Usage e1 of m was blocked, served but not charged: " + reason);
    assertThat(story.next())
        .isEqualTo(reason == BlockReason.ACCOUNT_SUSPENDED ? List.of() : List.of("Do something."));
  }

  @Test
  void shouldNameThePolicyThatBlocked() {
    UsageBlocked block =
        UsageBlocked.newBuilder()
            .setId("e1")
            .setAccountId("acme")
            .setModel("m")
            .setPolicyId("policy-1")
            .setOccurredAt(TIME)
            .build();
    History history = told.history("e1", block);
    assertThat(only(told.tell(history, "e1")).details())
        .contains("policy policy-1 of model m, which has been replaced since");

    told.policies.add(told.policy(6, 0));
    told.policies.add(told.policy(7, 3_600));

    assertThat(only(told.tell(history, "e1")).details())
        .contains(
            "policy policy-1 of model m, version 6: every call needs VERIFIED_ORGANIZATION,"
                + " announced 2026-09-01T10:00:00.000Z, in force from 2026-09-01T10:00:00.000Z");
  }

  @Test
  void shouldSayWhetherABlockHasBeenClearedSinceAndWhatItStranded() {
    UsageBlocked block = block(BlockReason.VERIFICATION_REQUIRED);
    block.setPolicyId("policy-1");
    CreditStranded stranded = new CreditStranded("acme", "p1", "policy-1", 3 * UNIT, TIME);
    CreditStranded other = new CreditStranded("acme", "p1", "policy-2", 3 * UNIT, TIME);
    History before = told.history("e1", block, stranded, other);

    assertThat(only(told.tell(before, "e1")).details())
        .contains("not cleared: the account is not verified");
    assertThat(only(told.tell(before, "e1")).moments())
        .extracting(Story.Moment::what)
        .containsExactlyInAnyOrder(
            "blocked, for a call of 2026-09-01T10:00:00.000Z",
            "3.00 USD of credit p1 were stranded: bought before the policy was announced");

    VerificationUpdated verified =
        VerificationUpdated.newBuilder()
            .setAccountId("acme")
            .setStatus(VerificationStatus.VERIFIED)
            .setOccurredAt(TIME.plusSeconds(60))
            .setReason("papers")
            .build();
    StrandingCleared cleared = new StrandingCleared("acme", "p1", "policy-1", UNIT, TIME);
    Story after =
        only(told.tell(told.history("e1", block, stranded, verified, access(), cleared), "e1"));

    assertThat(after.details()).contains("cleared since: the account is verified now");
    assertThat(after.moments())
        .extracting(Story.Moment::what)
        .contains(
            "verification: VERIFIED (papers)", "1.00 USD of credit p1 are no longer stranded");
  }

  @Test
  void shouldNameTheSuspensionBehindABlock() {
    AccountSuspended suspended = new AccountSuspended("acme", TIME, "unpaid invoice");
    UsageBlocked block = block(BlockReason.ACCOUNT_SUSPENDED);
    AccountReinstated reinstated = new AccountReinstated("acme", TIME.plusSeconds(9), null);

    Story story = only(told.tell(told.history("e1", suspended, block, reinstated), "e1"));

    assertThat(story.details())
        .contains("the account was suspended at 2026-09-01T10:00:00.000Z: unpaid invoice");
    assertThat(story.moments())
        .extracting(Story.Moment::what)
        .containsExactlyInAnyOrder(
            "blocked, for a call of 2026-09-01T10:00:00.000Z", "suspended", "reinstated");
    assertThat(story.details()).contains("cleared since: the account is active now");
    assertThat(story.next()).isEmpty();

    AccountAccess access = access();
    access.setStatus(AccountStatus.SUSPENDED);
    Story still = only(told.tell(told.history("e1", suspended, block, access), "e1"));
    assertThat(still.details()).contains("not cleared: it is suspended still");
    assertThat(still.next()).containsExactly("Do something.");
  }

  @Test
  void shouldNotTakeWhatATombstoneTookBackForTheState() {
    UsageBlocked block = block(BlockReason.VERIFICATION_REQUIRED);
    History history = told.history("e1", block, access());
    history.add(
        new TopicRecord(
            TopicCatalogue.ACCOUNT_ACCESS, 0, 9, TIME.plusSeconds(9), "acme", null, null, null));

    assertThat(only(told.tell(history, "e1")).details())
        .contains("not cleared: the account is not verified");
  }

  private static AccountAccess access() {
    return AccountAccess.newBuilder()
        .setAccountId("acme")
        .setVersion(1)
        .setAsOf(TIME.plusSeconds(60))
        .setVerified(true)
        .setCreditState(CreditState.FUNDED)
        .setSpendLimitReached(false)
        .build();
  }

  @Test
  void shouldNameTheSpendLimitBehindABlock() {
    UsageBlocked block = block(BlockReason.SPEND_LIMIT_REACHED);
    block.setServed(false);
    AuthorizationRequested request =
        AuthorizationRequested.newBuilder()
            .setAuthorizationId("e1")
            .setAccountId("acme")
            .setRequestedAt(TIME)
            .setCapabilities(List.of())
            .setServiceTier("standard")
            .setInputTokens(0)
            .setCachedInputTokens(0)
            .setCacheWriteTokens(0)
            .setOutputTokens(0)
            .setOtherUnits(Map.of())
            .setProjectId("p1")
            .build();
    BalanceAlert reached =
        BalanceAlert.newBuilder()
            .setAlertId("acme:SPEND_LIMIT_REACHED:PROJECT:p1:2026-09")
            .setAccountId("acme")
            .setType(AlertType.SPEND_LIMIT_REACHED)
            .setOccurredAt(TIME)
            .setDetail("10.00 USD of the 10.00 USD are spent.")
            .build();

    Story story =
        only(
            told.tell(
                told.history(
                    "e1",
                    limit(SpendLimitScope.PROJECT, "p1", 20 * UNIT, TIME.minusSeconds(60)),
                    limit(SpendLimitScope.PROJECT, "p1", 10 * UNIT, TIME),
                    limit(SpendLimitScope.PROJECT, "p2", 5 * UNIT, TIME),
                    limit(SpendLimitScope.API_KEY, "k", 5 * UNIT, TIME),
                    block,
                    limit(SpendLimitScope.PROJECT, "p1", 99 * UNIT, TIME.plusSeconds(60)),
                    request,
                    reached),
                "e1"));

    assertThat(story.details().get(0))
        .isEqualTo(
            "project p1 may spend 10.00 USD a month and is blocked beyond, set"
                + " 2026-09-01T10:00:00.000Z; it was reached in 2026-09");
    assertThat(story.details()).hasSize(2);
    assertThat(story.moments())
        .extracting(Story.Moment::what)
        .contains("alert SPEND_LIMIT_REACHED: 10.00 USD of the 10.00 USD are spent.");
  }

  private static UsageBlocked block(BlockReason reason) {
    return UsageBlocked.newBuilder()
        .setId("e1")
        .setAccountId("acme")
        .setModel("m")
        .setReason(reason)
        .setRemedy("Do something.")
        .setServed(true)
        .setOccurredAt(TIME)
        .build();
  }

  private static SpendLimitConfigured limit(
      SpendLimitScope scope, String scopeId, long monthly, Instant at) {
    return new SpendLimitConfigured(
        "acme", scope, scopeId, monthly, SpendLimitEnforcement.BLOCK, at);
  }
}
