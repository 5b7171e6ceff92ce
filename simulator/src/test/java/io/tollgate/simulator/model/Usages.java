package io.tollgate.simulator.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reported usage: blocked, or charged to lots, debt and write-off (§4, §5). */
final class Usages {
  private final PriceBook prices;
  private final Gate gate;

  Usages(PriceBook prices, Gate gate) {
    this.prices = prices;
    this.gate = gate;
  }

  void reported(Step step, JsonNode event) {
    Account account = step.account;
    step.isUsage = true;
    step.judgesRecharge = true;
    Account.Authorization authorization =
        Authorizations.allowed(account, Fields.optionalText(event, "authorizationId"), step.now);
    long charged = decide(step, event, authorization);
    if (authorization != null) {
      Authorizations.settle(step, authorization, charged);
    }
  }

  /** Returns the cost that was debited. */
  private long decide(Step step, JsonNode event, Account.@Nullable Authorization authorization) {
    Account account = step.account;
    if (Fields.text(event, "completion").equals("FAILED")) {
      Booking booking = booking(step, event);
      booking.flag("NOT_CHARGED");
      flagLate(booking, authorization);
      booking.write();
      return 0;
    }
    PriceBook.Price price = prices.price(event, step.occurredAt);
    if (price == null) {
      throw new Rejection("UNPRICED", "no price for this model or meter");
    }
    long cost = price.nanosWith(account.carry);
    if (account.suspended && authorization == null) {
      block(step, event, "ACCOUNT_SUSPENDED", cost, null);
      return 0;
    }
    List<AccessPolicies.Requirement> blocking =
        gate.blocking(account, event, step.occurredAt, authorization);
    if (!blocking.isEmpty()) {
      block(step, event, "VERIFICATION_REQUIRED", cost, blocking.get(0).policyId());
      Stranding.strand(step, blocking);
      return 0;
    }
    List<Lots.Draw> draws = Lots.drawsFor(step, step.occurredAt, authorization);
    long room = Math.max(0, account.overdraftLimit - account.debt);
    if (cost > 0 && Lots.most(draws) == 0 && room == 0) {
      block(step, event, "INSUFFICIENT_CREDIT", cost, null);
      return 0;
    }
    charge(step, event, price, authorization, draws, room);
    return cost;
  }

  private static void charge(
      Step step,
      JsonNode event,
      PriceBook.Price price,
      Account.@Nullable Authorization authorization,
      List<Lots.Draw> draws,
      long room) {
    Account account = step.account;
    long cost = price.nanosWith(account.carry);
    account.carry = price.carryAfter(account.carry);
    Booking booking = booking(step, event);
    booking.lines(price.lines());
    long uncovered = Lots.draw(booking, draws, cost);
    long owed = Math.min(uncovered, room);
    booking.changeDebt(owed);
    long writtenOff = uncovered - owed;
    booking.writeOff(writtenOff);
    if (authorization != null && authorization.open && cost > authorization.held) {
      booking.flag("OVERRUN");
    }
    flagLate(booking, authorization);
    booking.write();
    if (writtenOff > 0) {
      step.alert("OVERDRAFT_WRITTEN_OFF", null, Fields.text(event, "eventId"), null);
    }
    long charged = cost - writtenOff;
    account.chargedByHour.merge(Times.hour(step.now), BigInteger.valueOf(charged), BigInteger::add);
    SpendLimits.spend(step, event, charged);
  }

  private static Booking booking(Step step, JsonNode event) {
    Booking booking = new Booking(step, "USAGE");
    booking.of(
        Fields.optionalText(event, "authorizationId"),
        Fields.optionalText(event, "projectId"),
        Fields.optionalText(event, "apiKeyId"));
    return booking;
  }

  private static void flagLate(Booking booking, Account.@Nullable Authorization authorization) {
    if (authorization != null && !authorization.open) {
      booking.flag("LATE_SETTLEMENT");
    }
  }

  private static void block(
      Step step, JsonNode event, String reason, long cost, @Nullable String policyId) {
    Gate.emitBlocked(step, Fields.text(event, "eventId"), event, reason, cost, true, policyId);
  }
}
