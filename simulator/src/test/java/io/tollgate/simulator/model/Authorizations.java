package io.tollgate.simulator.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Requests for credit in advance: decided, held, settled, released (§6). */
final class Authorizations {
  private static final int MAX_OPEN = 10_000;
  private static final long RELEASE_WAIT = 30 * Times.SECOND;

  private final PriceBook prices;
  private final Gate gate;

  Authorizations(PriceBook prices, Gate gate) {
    this.prices = prices;
    this.gate = gate;
  }

  void requested(Step step, JsonNode event) {
    Account account = step.account;
    if (account.authorizations.values().stream().filter(known -> known.open).count() >= MAX_OPEN) {
      throw new Rejection("LIMIT_EXCEEDED", "too many open holds");
    }
    Account.Authorization authorization = new Account.Authorization();
    authorization.id = Fields.text(event, "authorizationId");
    authorization.lease = Fields.text(event, "purpose").equals("LEASE");
    authorization.model = Fields.optionalText(event, "model");
    authorization.capabilities = Fields.texts(event, "capabilities");
    authorization.requestedAt = step.occurredAt;
    authorization.openedAt = step.now;
    authorization.rememberedFrom = Math.max(step.now, step.occurredAt);
    authorization.expiresAt = Math.addExact(step.now, Fields.number(event, "ttlMillis"));
    if (authorization.expiresAt > Times.LAST) {
      throw new Rejection("OVERFLOW", "a hold beyond the year 9999");
    }
    JsonNode earlyRelease = Identities.takeEarlyRelease(account, event, step.now);
    account.authorizations.put(authorization.id, authorization);

    PriceBook.Price price =
        authorization.model == null ? null : prices.price(event, step.occurredAt);
    Long stated = Fields.optionalNumber(event, "amountNanos");
    long estimate = stated != null ? stated : price == null ? 0 : price.nanosRoundedUp();
    List<AccessPolicies.Requirement> blocking =
        authorization.model == null
            ? List.of()
            : gate.blocking(account, event, step.occurredAt, null);
    long available = Lots.available(account, step.now);

    if (account.suspended) {
      deny(step, event, "ACCOUNT_SUSPENDED", estimate, null);
    } else if (!blocking.isEmpty()) {
      deny(step, event, "VERIFICATION_REQUIRED", estimate, blocking.get(0).policyId());
      Stranding.strand(step, blocking);
    } else if (authorization.model != null && price == null) {
      deny(step, event, "UNPRICED_MODEL", estimate, null);
    } else if (SpendLimits.blocks(account, event, step.occurredAt)) {
      deny(step, event, "SPEND_LIMIT_REACHED", estimate, null);
    } else if (available >= estimate) {
      allow(step, authorization, estimate, false);
    } else if (authorization.lease && available > 0) {
      allow(step, authorization, available, true);
    } else {
      step.deniedForCredit = true;
      deny(step, event, "INSUFFICIENT_CREDIT", estimate, null);
    }
    if (earlyRelease != null) {
      release(step, authorization, earlyRelease);
    }
  }

  private static void allow(
      Step step, Account.Authorization authorization, long held, boolean finalGrant) {
    authorization.allowed = true;
    authorization.open = true;
    authorization.held = held;
    emitDecision(step, authorization, null, finalGrant);
  }

  private static void deny(
      Step step, JsonNode event, String reason, long estimate, @Nullable String policyId) {
    String id = Fields.text(event, "authorizationId");
    Account.Authorization authorization = step.account.authorizations.get(id);
    if (authorization == null) {
      throw new IllegalStateException("the authorization is known by now");
    }
    emitDecision(step, authorization, reason, false);
    Gate.emitBlocked(step, id, event, reason, estimate, false, policyId);
  }

  private static void emitDecision(
      Step step, Account.Authorization authorization, @Nullable String reason, boolean finalGrant) {
    ObjectNode decision = JsonNodeFactory.instance.objectNode();
    decision.put("authorizationId", authorization.id);
    decision.put("accountId", step.account.id);
    decision.put("outcome", reason == null ? "ALLOWED" : "DENIED");
    decision.put("reason", reason);
    decision.put("remedy", reason == null ? null : "");
    decision.put("heldNanos", authorization.open ? authorization.held : 0);
    decision.put("expiresAt", authorization.open ? Times.iso(authorization.expiresAt) : null);
    decision.put("finalGrant", finalGrant);
    decision.put("availableNanos", Lots.available(step.account, step.now));
    decision.put("decidedAt", Times.iso(step.now));
    step.emit("authorization-decisions", "AuthorizationDecided", decision);
  }

  /** The ALLOWED authorization of an id; an unknown, denied or forgotten one counts as none. */
  static Account.@Nullable Authorization allowed(Account account, @Nullable String id, long now) {
    Account.Authorization authorization = id == null ? null : account.authorizations.get(id);
    boolean counts =
        authorization != null
            && authorization.allowed
            && !Identities.isForgotten(authorization, now);
    return counts ? authorization : null;
  }

  /** Counts accepted usage against its hold. */
  static void settle(Step step, Account.Authorization authorization, long cost) {
    authorization.settled++;
    if (!authorization.open) {
      return;
    }
    authorization.held -= Math.min(authorization.held, cost);
    Long settles = authorization.settlesAtRelease;
    if (!authorization.lease || (settles != null && authorization.settled >= settles)) {
      end(step, authorization);
    }
  }

  static void released(Step step, JsonNode event) {
    Account.Authorization authorization =
        allowed(step.account, Fields.text(event, "authorizationId"), step.now);
    if (authorization != null) {
      release(step, authorization, event);
    }
  }

  private static void release(Step step, Account.Authorization authorization, JsonNode event) {
    if (!authorization.open) {
      return;
    }
    Long settles = Fields.optionalNumber(event, "settledUsage");
    if (settles == null || authorization.settled >= settles) {
      end(step, authorization);
    } else {
      authorization.settlesAtRelease = settles;
      authorization.releaseEndsAt = step.now + RELEASE_WAIT;
    }
  }

  static void end(Step step, Account.Authorization authorization) {
    authorization.open = false;
    authorization.held = 0;
    authorization.rememberedFrom = Math.max(authorization.rememberedFrom, step.now);
  }

  static long endsAt(Account.Authorization authorization) {
    Long release = authorization.releaseEndsAt;
    return release == null ? authorization.expiresAt : Math.min(release, authorization.expiresAt);
  }
}
