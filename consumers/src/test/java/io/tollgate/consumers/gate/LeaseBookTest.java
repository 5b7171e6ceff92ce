package io.tollgate.consumers.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.events.AuthorizationDecided;
import io.tollgate.events.AuthorizationOutcome;
import io.tollgate.events.AuthorizationPurpose;
import io.tollgate.events.AuthorizationReleased;
import io.tollgate.events.AuthorizationRequested;
import io.tollgate.events.BlockReason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

class LeaseBookTest {

  private static final GateSettings SETTINGS =
      GateSettings.of("localhost:9092", "gateway")
          .withLeases(1_000, Duration.ofSeconds(100), Duration.ofSeconds(10));

  private final List<SpecificRecord> sent = new ArrayList<>();
  private int wakeUps;
  private long now = GateRecords.NOW;
  private LeaseBook book = new LeaseBook(SETTINGS, sent::add, () -> wakeUps++);

  @Test
  void shouldAskForALeaseWhenACallFindsNone() {
    AccessDecision first = check(10);

    assertThat(first.reason()).isEqualTo(BlockReason.INSUFFICIENT_CREDIT);
    assertThat(wakeUps).isEqualTo(1);
    book.answerWishes(now);
    AuthorizationRequested request = lastRequest();
    assertThat(request.getPurpose()).isEqualTo(AuthorizationPurpose.LEASE);
    assertThat(request.getAmountNanos()).isEqualTo(1_000);
    assertThat(request.getTtlMillis()).isEqualTo(100_000);

    grant(1_000, false);
    assertThat(check(1_000)).isEqualTo(AccessDecision.ALLOWED);
  }

  @Test
  void shouldAskOnceHoweverManyCallsWait() {
    check(10);
    check(10);
    book.answerWishes(now);
    check(10);
    book.answerWishes(now);

    assertThat(sent).hasSize(1);
    assertThat(wakeUps).isEqualTo(1);
  }

  @Test
  void shouldAskForAsMuchAsTheLargestCallNeeds() {
    check(10);
    check(5_000);
    check(20);
    book.answerWishes(now);

    assertThat(lastRequest().getAmountNanos()).isEqualTo(5_000);
  }

  @Test
  void shouldTakeNoMoreThanIsLeased() throws Exception {
    lease(1_000, false);
    AtomicLong taken = new AtomicLong();
    CountDownLatch start = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Thread thread =
          new Thread(
              () -> {
                awaitQuietly(start);
                for (int call = 0; call < 1_000; call++) {
                  if (book.take(book.of("acme"), 3, now) != null) {
                    taken.addAndGet(3);
                  }
                }
              });
      thread.start();
      threads.add(thread);
    }
    start.countDown();
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(taken).hasValue(999);
  }

  @Test
  void shouldRenewWhenHalfIsUsed() {
    lease(1_000, false);
    assertThat(book.take(book.of("acme"), 500, now)).isNotNull();
    book.answerWishes(now);
    assertThat(sent).hasSize(1);

    assertThat(book.take(book.of("acme"), 1, now)).isNotNull();
    book.answerWishes(now);
    assertThat(sent).hasSize(2);

    grant(1_000, false);
    assertThat(book.take(book.of("acme"), 1_000, now)).isNotNull();
  }

  @Test
  void shouldRenewAtHalfTimeWhatIsUsed() {
    lease(1_000, false);
    take(10);
    now += 45_000;
    take(10);
    book.answerWishes(now);

    assertThat(sent).hasSize(2);
  }

  @Test
  void shouldReleaseAtHalfTimeWhatNobodyUsed() {
    lease(1_000, false);
    now += 45_000;
    book.sweep(now);

    assertThat(released().getSettledUsage()).isZero();
    book.sweep(now);
    assertThat(book.size()).isZero();
  }

  @Test
  void shouldNotUseALeaseWithinTheMarginOfItsEnd() {
    lease(1_000, false);
    now += 89_999;
    assertThat(check(1).isAllowed()).isTrue();
    now++;
    assertThat(check(1).isAllowed()).isFalse();
    assertThat(book.take(book.of("acme"), 1, now)).isNull();
  }

  @Test
  void shouldReleaseAnEndedLeaseWhenItsCallsHaveEnded() {
    lease(1_000, false);
    Lease lease = take(100);
    Lease same = take(100);
    Lease abandoned = take(100);
    now += 90_000;
    book.sweep(now);
    lease.endCall(true);
    same.endCall(true);
    book.sweep(now);
    assertThat(sent).as("a call is under way").hasSize(1);

    abandoned.endCall(false);
    book.sweep(now);

    assertThat(released().getAuthorizationId()).isEqualTo(lease.id());
    assertThat(released().getSettledUsage()).isEqualTo(2);
  }

  @Test
  void shouldGiveBackWhatACallDidNotUse() {
    lease(1_000, false);
    Lease lease = take(1_000);
    assertThat(check(1).isAllowed()).isFalse();

    lease.giveBack(400);

    assertThat(check(400).isAllowed()).isTrue();
    assertThat(check(401).isAllowed()).isFalse();
  }

  @Test
  void shouldKeepTheBetterOfTwoLeases() {
    lease(1_000, false);
    take(501);
    book.answerWishes(now);
    grant(3, true);

    assertThat(check(499).isAllowed()).as("the first has more left").isTrue();
    book.sweep(now);
    assertThat(released().getAuthorizationId()).isNotEqualTo(current().id());
  }

  @Test
  void shouldStandByADenialUntilThereIsAnotherAnswer() {
    check(10);
    book.answerWishes(now);
    deny(BlockReason.SPEND_LIMIT_REACHED, "The project's limit is reached.");

    assertThat(check(10))
        .isEqualTo(
            new AccessDecision(
                BlockReason.SPEND_LIMIT_REACHED, "The project's limit is reached.", null, false));
    book.answerWishes(now);
    assertThat(sent).as("not again at once").hasSize(1);

    now += 1_000;
    assertThat(check(10).reason()).isEqualTo(BlockReason.SPEND_LIMIT_REACHED);
    book.answerWishes(now);
    assertThat(sent).hasSize(2);
    grant(1_000, false);
    assertThat(check(10).isAllowed()).isTrue();
  }

  @Test
  void shouldAskAgainAtOnceWhenTheAccountHasChanged() {
    check(10);
    book.answerWishes(now);
    deny(BlockReason.INSUFFICIENT_CREDIT, "Buy credit.");

    book.changed("acme");
    check(10);
    book.answerWishes(now);

    assertThat(sent).hasSize(2);
  }

  @Test
  void shouldSayThatCallsUnderWayHoldTheRest() {
    lease(5, true);
    Lease lease = take(4);

    assertThat(check(2).remedy()).startsWith("Calls under way hold the rest of the credit.");
    assertThat(check(2).retryable()).isTrue();

    lease.endCall(true);
    assertThat(check(2).retryable()).isFalse();
  }

  @Test
  void shouldSayThatHoldsOfOthersMayEnd() {
    check(10);
    book.answerWishes(now);
    deny(BlockReason.INSUFFICIENT_CREDIT, "Requests in flight hold the rest.", true);
    assertThat(check(10).retryable()).isTrue();

    now += 1_000;
    check(10);
    book.answerWishes(now);
    deny(BlockReason.INSUFFICIENT_CREDIT, "Buy credit.", false);
    assertThat(check(10).retryable()).isFalse();

    now += 1_000;
    check(10);
    book.answerWishes(now);
    deny(BlockReason.ACCOUNT_SUSPENDED, "Ask the platform.", true);
    assertThat(check(10).retryable()).isFalse();
  }

  @Test
  void shouldSayThatTheCreditIsUsedUpBehindTheLastThereIs() {
    lease(5, true);

    assertThat(check(5).isAllowed()).isTrue();
    assertThat(check(6).remedy()).startsWith("The credit does not cover the call.");
    book.answerWishes(now);
    assertThat(sent).as("not again at once").hasSize(1);
    now += 1_000;
    check(6);
    book.answerWishes(now);
    assertThat(sent).hasSize(2);
  }

  @Test
  void shouldSendARequestWithoutAnswerAgainAsItIs() {
    check(10);
    book.answerWishes(now);
    AuthorizationRequested request = lastRequest();
    now += 4_999;
    book.sweep(now);
    assertThat(sent).hasSize(1);

    now++;
    book.sweep(now);
    book.sweep(now);

    assertThat(sent).containsExactly(request, request);
  }

  @Test
  void shouldIgnoreAnswersToOthers() {
    check(10);
    book.answerWishes(now);

    book.decided(decided("another gateway's", 1_000, false), true, now);

    assertThat(check(10).isAllowed()).isFalse();
  }

  @Test
  void shouldLetCallsWithoutALeaseUseTheAllowanceAndNoMore() {
    book = new LeaseBook(SETTINGS.allowingUpTo(100), sent::add, () -> wakeUps++);
    assertThat(check(100).isAllowed()).isTrue();
    assertThat(check(101).isAllowed()).isFalse();

    assertThat(book.takeUnleased(book.of("acme"), 60).isAllowed()).isTrue();
    assertThat(book.takeUnleased(book.of("acme"), 60).isAllowed()).isFalse();
    book.of("acme").giveBackUnleased(20);
    assertThat(book.takeUnleased(book.of("acme"), 60).isAllowed()).isTrue();
    assertThat(check(1).isAllowed()).isFalse();

    book.answerWishes(now);
    grant(1_000, false);
    assertThat(book.of("acme").fits(100, 100)).as("the pipeline answers again").isTrue();
  }

  @Test
  void shouldNotUseTheAllowanceAgainstADenial() {
    book = new LeaseBook(SETTINGS.allowingUpTo(100), sent::add, () -> wakeUps++);
    check(10);
    book.answerWishes(now);
    deny(BlockReason.INSUFFICIENT_CREDIT, "Buy credit.");

    assertThat(book.takeUnleased(book.of("acme"), 1).isAllowed()).isFalse();
    assertThat(check(1).isAllowed()).isFalse();
  }

  @Test
  void shouldForgetAccountsWithoutCalls() {
    check(10);
    book.answerWishes(now);
    deny(BlockReason.INSUFFICIENT_CREDIT, "Buy credit.");
    book.sweep(now);
    assertThat(book.size()).isEqualTo(1);

    now += 1_000;
    book.sweep(now);

    assertThat(book.size()).isZero();
  }

  private AccessDecision check(long estimate) {
    return book.check(book.of("acme"), estimate, now);
  }

  private Lease take(long estimate) {
    return Objects.requireNonNull(book.take(book.of("acme"), estimate, now));
  }

  private Lease current() {
    return Objects.requireNonNull(book.of("acme").current());
  }

  private void lease(long nanos, boolean finalGrant) {
    check(1);
    book.answerWishes(now);
    grant(nanos, finalGrant);
  }

  private void grant(long nanos, boolean finalGrant) {
    book.decided(decided(lastRequest().getAuthorizationId(), nanos, finalGrant), true, now);
  }

  private void deny(BlockReason reason, String remedy) {
    deny(reason, remedy, false);
  }

  private void deny(BlockReason reason, String remedy, boolean hasCredit) {
    AuthorizationDecided denied = decided(lastRequest().getAuthorizationId(), 0, false);
    denied.setOutcome(AuthorizationOutcome.DENIED);
    denied.setExpiresAt(null);
    denied.setReason(reason);
    denied.setRemedy(remedy);
    book.decided(denied, hasCredit, now);
  }

  private AuthorizationDecided decided(String id, long nanos, boolean finalGrant) {
    return AuthorizationDecided.newBuilder()
        .setAuthorizationId(id)
        .setAccountId("acme")
        .setOutcome(AuthorizationOutcome.ALLOWED)
        .setHeldNanos(nanos)
        .setExpiresAt(Instant.ofEpochMilli(now + 100_000))
        .setFinalGrant(finalGrant)
        .setDecidedAt(Instant.ofEpochMilli(now))
        .build();
  }

  private AuthorizationRequested lastRequest() {
    return (AuthorizationRequested) last();
  }

  private AuthorizationReleased released() {
    return (AuthorizationReleased) last();
  }

  private SpecificRecord last() {
    return sent.get(sent.size() - 1);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
