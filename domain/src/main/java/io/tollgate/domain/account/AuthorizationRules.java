package io.tollgate.domain.account;

import io.tollgate.domain.Limits;
import io.tollgate.domain.Rejection;
import io.tollgate.domain.RejectionReason;
import io.tollgate.domain.RuleSettings;
import io.tollgate.domain.UtcCalendar;
import io.tollgate.domain.effect.Effect.AuthorizationDecided;
import io.tollgate.domain.effect.Effect.AuthorizationOutcome;
import io.tollgate.domain.effect.Effect.BlockReason;
import io.tollgate.domain.effect.Effect.UsageBlocked;
import io.tollgate.domain.event.AccountEvent.AuthorizationPurpose;
import io.tollgate.domain.event.AccountEvent.AuthorizationReleased;
import io.tollgate.domain.event.AccountEvent.AuthorizationRequested;
import io.tollgate.domain.identity.AuthorizationRecord;
import io.tollgate.domain.identity.AuthorizationRecord.Release;
import io.tollgate.domain.identity.ContentDigest;
import io.tollgate.domain.identity.Fingerprint;
import io.tollgate.domain.identity.Memory;
import io.tollgate.domain.identity.Permit;
import io.tollgate.domain.identity.Remembered;
import io.tollgate.domain.rating.AccessPolicy.Requirement;
import io.tollgate.domain.rating.Rating;
import io.tollgate.domain.rating.Reference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Credit asked for in advance: decided, held, and given back. */
final class AuthorizationRules {

  /** How long an authorization is remembered after its end, and how late a request may come. */
  private static final long MEMORY = UtcCalendar.DAY_MILLIS;

  /** How long a released hold waits for the usage that was left behind. */
  private static final long RELEASE_WAIT = 30_000;

  private static final String TYPE = "AuthorizationRequested";

  private final RuleSettings settings;
  private final Reference reference;
  private final Memory memory;
  private final Gate gate;

  AuthorizationRules(RuleSettings settings, Reference reference, Memory memory, Gate gate) {
    this.settings = settings;
    this.reference = reference;
    this.memory = memory;
    this.gate = gate;
  }

  /** Who an authorization is, in the memory of all accounts. */
  static Fingerprint identity(String accountId, String authorizationId) {
    return Fingerprint.of(accountId, TYPE, authorizationId);
  }

  Decision decide(Account before, AuthorizationRequested request, Arrival arrival) {
    Rejection outside =
        Window.check(
            "an authorization",
            request.occurredAt(),
            arrival.latestTime(),
            MEMORY,
            settings.futureTolerance());
    if (outside != null) {
      return new Decision.Rejected(outside);
    }
    String id = request.authorizationId();
    long digest = ContentDigest.of(request);
    Hold open = before.books.holds.find(id);
    AuthorizationRecord known = memory.authorization(identity(before.id, id), arrival.latestTime());
    Long seen = open == null ? requestDigest(known) : Long.valueOf(open.digest());
    if (seen != null) {
      return Duplicates.of(seen, digest, "authorization " + id);
    }
    if (before.books.holds.size() >= Limits.OPEN_HOLDS) {
      return refused(
          RejectionReason.LIMIT_EXCEEDED,
          "the account has %d open holds; settle or release some".formatted(Limits.OPEN_HOLDS));
    }
    Step step = AccountRules.step(before, settings, request, arrival, id);
    long endsAt = Math.addExact(step.time, request.ttlMillis());
    if (endsAt > Limits.MAX_TIME) {
      return refused(
          RejectionReason.OVERFLOW, "its hold would end after the year 9999; ask for less time");
    }
    decide(step, request, digest, endsAt, known == null ? null : known.release());
    return step.finish();
  }

  private static @Nullable Long requestDigest(@Nullable AuthorizationRecord known) {
    return known == null ? null : known.requestDigest();
  }

  private static Decision refused(RejectionReason reason, String detail) {
    return new Decision.Rejected(new Rejection(reason, detail));
  }

  private void decide(
      Step step,
      AuthorizationRequested request,
      long digest,
      long endsAt,
      @Nullable Release released) {
    Rating rating = rating(request);
    long estimate = estimate(request, rating);
    Block block = block(step, request, rating, estimate);
    if (block != null) {
      step.remember(
          new Remembered.Authorization(
              identity(step.account.id, request.authorizationId()),
              new AuthorizationRecord(
                  digest, released, null, rememberedUntil(step, request.occurredAt()))));
      step.emit(denied(step, request, block));
      step.emit(blocked(request, block, estimate));
      Stranding.blocked(step, memory, block.missing());
      if (block.reason() == BlockReason.INSUFFICIENT_CREDIT) {
        step.deniedForCredit();
      }
      return;
    }
    Hold hold =
        new Hold(
            request.authorizationId(),
            digest,
            request.purpose() == AuthorizationPurpose.LEASE,
            new Permit(request.model(), request.capabilities()),
            Math.min(estimate, Math.max(0, step.account.available())),
            request.occurredAt(),
            step.time,
            endsAt,
            0,
            null);
    put(step, hold);
    step.emit(allowed(step, hold, hold.nanos() < estimate));
    if (released != null) {
      release(step, hold, released);
    }
  }

  /** Null if it names no model. */
  private @Nullable Rating rating(AuthorizationRequested request) {
    return request.model() == null
        ? null
        : Rating.of(
            reference,
            request.model(),
            request.quantities(),
            request.serviceTier(),
            request.occurredAt());
  }

  /** What it asks for; 0 if nobody can tell. */
  private static long estimate(AuthorizationRequested request, @Nullable Rating rating) {
    if (request.amountNanos() != null) {
      return request.amountNanos();
    }
    return rating == null || rating.unpriced() != null ? 0 : rating.cost().roundedUp();
  }

  /** Why it is denied; null if it is allowed. */
  private @Nullable Block block(
      Step step, AuthorizationRequested request, @Nullable Rating rating, long estimate) {
    Account account = step.account;
    String model = request.model();
    if (account.suspended) {
      return Block.suspended();
    }
    List<Requirement> missing =
        model == null
            ? List.of()
            : gate.missing(account, model, request.capabilities(), request.occurredAt(), null);
    if (model != null && !missing.isEmpty()) {
      return Block.unverified(model, missing);
    }
    if (model != null && rating != null && rating.unpriced() != null) {
      return Block.unpriced(model);
    }
    int month = UtcCalendar.monthOf(request.occurredAt());
    if (account.spendLimits.blocks(month, request.projectId(), request.apiKeyId())) {
      return Block.limitReached(month);
    }
    long available = account.available();
    boolean lessWillDo = request.purpose() == AuthorizationPurpose.LEASE && available > 0;
    return available >= estimate || lessWillDo ? null : Block.tooLittleAvailable(step, estimate);
  }

  private static AuthorizationDecided allowed(Step step, Hold hold, boolean finalGrant) {
    return new AuthorizationDecided(
        hold.authorizationId(),
        step.account.id,
        AuthorizationOutcome.ALLOWED,
        null,
        null,
        hold.nanos(),
        hold.endsAt(),
        finalGrant,
        step.account.available(),
        step.time);
  }

  private static AuthorizationDecided denied(
      Step step, AuthorizationRequested request, Block block) {
    return new AuthorizationDecided(
        request.authorizationId(),
        step.account.id,
        AuthorizationOutcome.DENIED,
        block.reason(),
        block.remedy(),
        0,
        null,
        false,
        step.account.available(),
        step.time);
  }

  private static UsageBlocked blocked(AuthorizationRequested request, Block block, long estimate) {
    return new UsageBlocked(
        request.authorizationId(),
        request.accountId(),
        request.model(),
        request.capabilities(),
        block.reason(),
        block.remedy(),
        estimate,
        false,
        block.policyId(),
        request.occurredAt());
  }

  Decision decide(Account before, AuthorizationReleased released, Arrival arrival) {
    String id = released.authorizationId();
    Fingerprint identity = identity(before.id, id);
    Release release = new Release(ContentDigest.of(released), released.settledUsage());
    Hold hold = before.books.holds.find(id);
    AuthorizationRecord known = memory.authorization(identity, arrival.latestTime());
    Release earlier = hold != null ? hold.release() : known == null ? null : known.release();
    if (earlier != null) {
      return Duplicates.of(earlier.digest(), release.digest(), "the release of " + id);
    }
    Step step = AccountRules.step(before, settings, released, arrival, id);
    if (hold != null) {
      release(step, hold, release);
    } else {
      step.remember(
          new Remembered.Authorization(
              identity, known == null ? early(step, released, release) : known.with(release)));
    }
    return step.finish();
  }

  /** A release whose request has not come: it ends the hold as soon as that is opened. */
  private AuthorizationRecord early(Step step, AuthorizationReleased released, Release release) {
    // A release may claim any time; what it says counts as far as a request may be ahead.
    long ownTime = Math.min(released.occurredAt(), step.time + settings.futureTolerance());
    return new AuthorizationRecord(null, release, null, rememberedUntil(step, ownTime));
  }

  private static void release(Step step, Hold hold, Release release) {
    put(step, hold.releasedUntil(release, step.time + RELEASE_WAIT));
  }

  /** Replaces a hold with what it has become, or ends it if that is over. */
  static void put(Step step, Hold hold) {
    if (hold.isOver()) {
      end(step, hold);
    } else {
      Books books = step.account.books;
      books.holds = books.holds.with(hold);
    }
  }

  /** Frees what it holds; the authorization is remembered for late usage. */
  static void end(Step step, Hold hold) {
    Account account = step.account;
    account.books.holds = account.books.holds.without(hold.authorizationId());
    step.remember(
        new Remembered.Authorization(
            identity(account.id, hold.authorizationId()),
            new AuthorizationRecord(
                hold.digest(),
                hold.release(),
                hold.permit(),
                rememberedUntil(step, hold.requestedAt()))));
  }

  private static long rememberedUntil(Step step, long ownTime) {
    return Math.max(step.time, ownTime) + MEMORY;
  }
}
