package io.tollgate.cli.explain;

import io.tollgate.cli.explain.History.Found;
import io.tollgate.domain.DeclineTable;
import io.tollgate.events.AuthorizationDecided;
import io.tollgate.events.AuthorizationOutcome;
import io.tollgate.events.AuthorizationReleased;
import io.tollgate.events.AuthorizationRequested;
import io.tollgate.events.BalanceAlert;
import io.tollgate.events.LedgerEntry;
import io.tollgate.events.PaymentFailed;
import io.tollgate.events.PaymentSucceeded;
import io.tollgate.events.RechargeRequested;
import io.tollgate.events.UsageBlocked;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;

/** Tells what an id of an account is about: the same id may be that of several things. */
final class Stories {

  private Stories() {}

  /** Whether a record is about this id: of an event, an authorization, a payment, a recharge. */
  static boolean isAbout(SpecificRecord record, String id) {
    if (record instanceof LedgerEntry entry) {
      return id.equals(entry.getEntryId())
          || id.equals(entry.getCause().getId())
          || id.equals(entry.getAuthorizationId());
    }
    if (record instanceof UsageBlocked block) {
      return id.equals(block.getId());
    }
    if (record instanceof RechargeRequested recharge) {
      return id.equals(recharge.getRechargeId()) || id.equals(recharge.getIdempotencyKey());
    }
    if (record instanceof PaymentSucceeded payment) {
      return id.equals(payment.getPaymentId());
    }
    if (record instanceof PaymentFailed payment) {
      return id.equals(payment.getPaymentId());
    }
    if (record instanceof AuthorizationDecided decision) {
      return id.equals(decision.getAuthorizationId());
    }
    if (record instanceof AuthorizationRequested request) {
      return id.equals(request.getAuthorizationId());
    }
    if (record instanceof AuthorizationReleased release) {
      return id.equals(release.getAuthorizationId());
    }
    return record instanceof BalanceAlert alert
        && (id.equals(alert.getAlertId()) || RechargeStory.isAbout(alert, id));
  }

  /** Every story that the id has in this account. */
  static List<Story> of(History history, Policies policies, DeclineTable declines, String id) {
    List<Story> stories = new ArrayList<>();
    for (Found<AuthorizationDecided> decision : history.all(AuthorizationDecided.class)) {
      if (decision.value().getOutcome() == AuthorizationOutcome.ALLOWED
          && isAbout(decision.value(), id)) {
        stories.add(AuthorizationStory.of(history, decision));
      }
    }
    for (Found<LedgerEntry> entry : history.all(LedgerEntry.class)) {
      if (isAbout(entry.value(), id)) {
        stories.add(EntryStory.of(history, entry));
      }
    }
    for (Found<UsageBlocked> block : history.all(UsageBlocked.class)) {
      if (isAbout(block.value(), id)) {
        stories.add(BlockStory.of(history, policies, block));
      }
    }
    DeclineWords words = new DeclineWords(declines);
    Stream.concat(
            history.all(RechargeRequested.class).stream()
                .filter(found -> isAbout(found.value(), id))
                .map(found -> found.value().getRechargeId()),
            history.all(BalanceAlert.class).stream() // one that has not gone out yet
                .filter(found -> RechargeStory.isAbout(found.value(), id))
                .map(found -> id))
        .distinct()
        .forEach(recharge -> stories.add(RechargeStory.of(history, words, recharge)));
    // A payment that answers a recharge is told with it.
    Stream.concat(
            history.all(PaymentFailed.class).stream()
                .filter(found -> isAbout(found.value(), id))
                .map(found -> found.value().getRechargeId()),
            history.all(PaymentSucceeded.class).stream()
                .filter(found -> isAbout(found.value(), id))
                .map(found -> found.value().getRechargeId()))
        .filter(recharge -> recharge != null && !recharge.equals(id))
        .distinct()
        .forEach(recharge -> stories.add(RechargeStory.of(history, words, recharge)));
    return stories;
  }
}
