package io.tollgate.domain.account;

import static io.tollgate.domain.account.AccountScenario.ACCOUNT;
import static io.tollgate.domain.account.AccountScenario.CENT;
import static io.tollgate.domain.account.AccountScenario.time;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.domain.RuleSettings;
import io.tollgate.domain.effect.Effect;
import io.tollgate.domain.effect.Effect.AuthorizationDecided;
import io.tollgate.domain.effect.Effect.AuthorizationOutcome;
import io.tollgate.domain.effect.Effect.BlockReason;
import io.tollgate.domain.effect.Effect.EntryType;
import io.tollgate.domain.effect.Effect.LedgerEntry;
import io.tollgate.domain.effect.Effect.UsageBlocked;
import io.tollgate.domain.event.AccountEvent;
import io.tollgate.domain.event.AccountEvent.AuthorizationPurpose;
import io.tollgate.domain.event.AccountEvent.AuthorizationReleased;
import io.tollgate.domain.event.AccountEvent.AuthorizationRequested;
import io.tollgate.domain.event.AuthorizationBuilder;
import io.tollgate.domain.event.GrantBuilder;
import io.tollgate.domain.event.PaymentBuilder;
import io.tollgate.domain.event.Quantities;
import io.tollgate.domain.event.UsageBuilder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The overdraft bound: with every request authorized, no call dearer than its estimate, and
 * settlements recorded before their hold ends, usage never takes an account below zero, whatever
 * the order in which the topics are read, and whatever expires meanwhile.
 */
class OverdraftBoundTest {

  private static final int SEEDS = 400;
  private static final int STEPS = 250;
  private static final long MINUTE = 60_000;

  private final Map<String, Integer> seen = new HashMap<>();

  @Test
  void shouldNeverOverdrawAnAccountWhoseCallsAreAllAuthorized() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      try {
        new Gateways(seed).run();
      } catch (AssertionError | RuntimeException failure) {
        throw new AssertionError("seed " + seed, failure);
      }
    }
    assertThat(seen.keySet())
        .contains("ALLOWED", "DENIED", "finalGrant", "USAGE", "EXPIRY", "released", "kept");
    assertThat(seen.values()).as("each often enough: %s", seen).allMatch(times -> times >= 100);
  }

  /** Gateways that share one account, and the topics between them and the pipeline. */
  private final class Gateways {

    private final Random random;
    private final AccountPipeline pipeline =
        new AccountPipeline(RuleSettings.defaults(DeclineCodes.TABLE), RandomRecords.reference());
    private final Map<String, Deque<AccountEvent>> topics = new HashMap<>();

    /** When the hold of usage that is under way ends; its settlement must be read before. */
    private final Map<String, Long> mustSettleBefore = new HashMap<>();

    private final Map<String, AuthorizationRequested> requests = new HashMap<>();
    private long now = time("2026-05-01T00:00:00Z");
    private int ids;

    Gateways(long seed) {
      random = new Random(seed);
    }

    void run() {
      for (int i = 0; i < STEPS; i++) {
        send();
        passTime();
        read();
      }
    }

    private void send() {
      switch (random.nextInt(6)) {
        case 0, 1, 2 -> request();
        case 3 -> topic("payment-events").add(payment());
        case 4 -> topic("account-events").add(grant());
        default -> {}
      }
    }

    private Deque<AccountEvent> topic(String name) {
      return topics.computeIfAbsent(name, any -> new ArrayDeque<>());
    }

    private void request() {
      AuthorizationBuilder request =
          AuthorizationBuilder.authorization("a" + ++ids)
              .quantities(
                  new Quantities(
                      random.nextInt(4_00) * CENT, 0, 0, random.nextInt(1_000), Map.of()))
              .ttl((1 + random.nextInt(150)) * MINUTE);
      if (random.nextInt(3) == 0) {
        request.lease();
      }
      AuthorizationRequested event = request.build(now - random.nextInt(1000));
      requests.put(event.authorizationId(), event);
      topic("authorization-requests").add(event);
    }

    private AccountEvent payment() {
      // Bought a year ago, but for some minutes.
      long boughtAt = now - 365L * 24 * 60 * MINUTE + random.nextInt(90) * MINUTE;
      return PaymentBuilder.payment("p" + ++ids, (1 + random.nextInt(5_00)) * CENT)
          .occurredAt(random.nextBoolean() ? now : boughtAt)
          .build(now);
    }

    private AccountEvent grant() {
      GrantBuilder grant =
          GrantBuilder.grant("g" + ++ids, (1 + random.nextInt(5_00)) * CENT)
              .priority(random.nextInt(3) * 50);
      if (random.nextInt(4) > 0) {
        grant.expiresAt(now + (1 + random.nextInt(90)) * MINUTE);
      }
      return grant.build(now);
    }

    /** Never so far that a hold ends whose usage is still under way. */
    private void passTime() {
      long most =
          mustSettleBefore.values().stream().mapToLong(Long::longValue).min().orElse(Long.MAX_VALUE)
              - 1;
      long wanted =
          now + (random.nextInt(3) == 0 ? random.nextInt(40) * MINUTE : random.nextInt(5_000));
      now = Math.max(now, Math.min(wanted, most));
      if (random.nextInt(4) == 0) {
        pipeline.tick(now);
        observe();
      }
    }

    /** Reads the next record of one of the topics. */
    private void read() {
      List<String> waiting = new ArrayList<>();
      topics.forEach(
          (name, records) -> {
            if (!records.isEmpty()) {
              waiting.add(name);
            }
          });
      if (waiting.isEmpty()) {
        return;
      }
      String topic = waiting.get(random.nextInt(waiting.size()));
      AccountEvent event = topic(topic).remove();
      assertThat(pipeline.process(topic, event, now)).isInstanceOf(Decision.Applied.class);
      observe();
      if (event instanceof AccountEvent.UsageEvent usage) {
        boolean more =
            topic("usage-events").stream().anyMatch(other -> names(other, usage.authorizationId()));
        if (!more) {
          mustSettleBefore.remove(String.valueOf(usage.authorizationId()));
        }
      } else if (event instanceof AuthorizationReleased released) {
        mustSettleBefore.computeIfPresent(
            released.authorizationId(), (id, end) -> Math.min(end, now + 30_000));
      }
    }

    private static boolean names(AccountEvent event, @Nullable String authorizationId) {
      return event instanceof AccountEvent.UsageEvent usage
          && String.valueOf(authorizationId).equals(usage.authorizationId());
    }

    private void observe() {
      for (Effect effect : pipeline.drain()) {
        if (effect instanceof AuthorizationDecided decided) {
          count(decided.outcome().name());
          if (decided.outcome() == AuthorizationOutcome.ALLOWED) {
            call(decided);
          }
        } else if (effect instanceof LedgerEntry entry) {
          count(entry.type().name());
          if (entry.type() == EntryType.USAGE) {
            assertThat(entry.flags()).isEmpty();
            assertThat(entry.balanceAfterNanos()).as("posted").isNotNegative();
            assertThat(entry.debtAfterNanos()).as("debt").isZero();
          }
        } else if (effect instanceof UsageBlocked blocked) {
          assertThat(blocked.served()).isFalse();
          assertThat(blocked.reason()).isEqualTo(BlockReason.INSUFFICIENT_CREDIT);
        }
      }
      Account account = pipeline.account();
      if (account != null) {
        assertThat(account.available()).as("available").isNotNegative();
        if (account.books.lots.stream().anyMatch(lot -> lot.stage() == Lot.Stage.WRITTEN_OFF)) {
          count("kept");
        }
      }
    }

    /** Calls that cost what is held at most, and now and then a release at their end. */
    private void call(AuthorizationDecided decided) {
      if (decided.finalGrant()) {
        count("finalGrant");
      }
      String id = decided.authorizationId();
      AuthorizationRequested request = Objects.requireNonNull(requests.get(id));
      boolean lease = request.purpose() == AuthorizationPurpose.LEASE;
      long left = decided.heldNanos();
      long calls = lease ? random.nextInt(4) : random.nextInt(8) == 0 ? 0 : 1;
      for (int i = 0; i < calls; i++) {
        UsageBuilder usage =
            UsageBuilder.usage("u" + ++ids)
                .authorization(id)
                .occurredAt(now + (random.nextInt(60) - 20) * MINUTE);
        if (lease || random.nextBoolean()) {
          long cost = random.nextInt(3) == 0 ? left : Math.floorMod(random.nextLong(), left + 1);
          left -= cost;
          usage.input(cost);
        } else { // to the token
          Quantities estimate = request.quantities();
          usage.tokens(estimate.inputTokens(), 0, 0, estimate.outputTokens());
        }
        topic("usage-events").add(usage.build(now));
        mustSettleBefore.put(id, decided.expiresAt());
      }
      if (random.nextInt(3) > 0) {
        count("released");
        topic("authorization-requests").add(new AuthorizationReleased(id, ACCOUNT, now, calls));
      }
    }
  }

  private void count(String what) {
    seen.merge(what, 1, Integer::sum);
  }
}
