package io.tollgate.cli.explain;

import io.tollgate.cli.Money;
import io.tollgate.cli.explain.Story.Moment;
import io.tollgate.cli.kafka.TopicRecord;
import io.tollgate.domain.UtcCalendar;
import io.tollgate.events.AccountReinstated;
import io.tollgate.events.AuthorizationDecided;
import io.tollgate.events.AutoRechargeConfigured;
import io.tollgate.events.BlockReason;
import io.tollgate.events.EntryType;
import io.tollgate.events.LedgerEntry;
import io.tollgate.events.PaymentSucceeded;
import io.tollgate.events.RechargeReason;
import io.tollgate.events.RechargeRequested;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * What made a recharge fire: of all that had to come true, what came true last. It looks at each
 * record once, in the order of its topic, and keeps a few: usage is too much to be kept.
 */
final class RechargeTrigger {

  private final TopicRecord source;
  private final RechargeRequested request;

  /** The balance is low, but what made it so does not fire a recharge by itself. */
  private boolean lowWithoutUsage;

  private @Nullable Moment usage;
  private @Nullable Moment denial;
  private @Nullable Moment settings;
  private @Nullable Moment reinstatement;
  private @Nullable Moment recharge;

  /**
   * @param request the first of a recharge
   */
  RechargeTrigger(TopicRecord source, RechargeRequested request) {
    this.source = source;
    this.request = request;
  }

  void see(TopicRecord record) {
    SpecificRecord value = record.value();
    if (value instanceof LedgerEntry entry) {
      see(entry, record);
    } else if (value instanceof AuthorizationDecided decision) {
      if (decision.getReason() == BlockReason.INSUFFICIENT_CREDIT
          && isInTime(decision.getDecidedAt())) {
        denial =
            new Moment(
                decision.getDecidedAt(),
                "authorization %s was denied: %s"
                    .formatted(decision.getAuthorizationId(), decision.getRemedy()),
                record);
      }
    } else if (isInTime(record.timestamp())) {
      seeInput(value, record);
    }
  }

  private void see(LedgerEntry entry, TopicRecord record) {
    if (!isInTime(entry.getRecordedAt())) {
      return;
    }
    boolean low = entry.getBalanceAfterNanos() <= request.getThresholdNanos();
    boolean crosses = low && entry.getBalanceBeforeNanos() > request.getThresholdNanos();
    if (!low || crosses) {
      usage = null;
      lowWithoutUsage = crosses;
    }
    if (lowWithoutUsage && entry.getType() == EntryType.USAGE) {
      lowWithoutUsage = false;
      usage =
          new Moment(
              entry.getRecordedAt(),
              "usage %s took %s: the balance went from %s to %s"
                  .formatted(
                      entry.getCause().getId(),
                      money(-entry.getAmountNanos()),
                      money(entry.getBalanceBeforeNanos()),
                      money(entry.getBalanceAfterNanos())),
              record);
    }
  }

  private void seeInput(@Nullable SpecificRecord value, TopicRecord record) {
    if (value instanceof AutoRechargeConfigured configured) {
      if (configured.getEnabled()
          && configured.getThresholdNanos() == request.getThresholdNanos()
          && configured.getTargetNanos() == request.getTargetNanos()) {
        settings =
            new Moment(
                record.timestamp(),
                "auto-recharge was configured: threshold %s, target %s"
                    .formatted(money(request.getThresholdNanos()), money(request.getTargetNanos())),
                record);
      }
    } else if (value instanceof AccountReinstated) {
      reinstatement = new Moment(record.timestamp(), "the account was reinstated", record);
    } else if (value instanceof PaymentSucceeded payment
        && payment.getRechargeId() != null
        && !payment.getRechargeId().equals(request.getRechargeId())) {
      recharge =
          new Moment(
              record.timestamp(),
              "recharge %s was paid, and left the balance low".formatted(payment.getRechargeId()),
              record);
    }
  }

  /** Null if it is not in the topics any more. */
  @Nullable Moment find() {
    if (request.getReason() == RechargeReason.DENIED_FOR_CREDIT) {
      return denial;
    }
    if (request.getReason() != RechargeReason.BELOW_THRESHOLD) {
      return null; // the first request that is left was not the first one
    }
    return Stream.of(usage, settings, reinstatement, recharge, monthStart())
        .filter(Objects::nonNull)
        .max(Comparator.comparing(Moment::at))
        .orElse(null);
  }

  private @Nullable Moment monthStart() {
    long at = request.getRequestedAt().toEpochMilli();
    int month = UtcCalendar.monthOf(at);
    return UtcCalendar.startOf(month) == at
        ? new Moment(
            request.getRequestedAt(),
            "%s began, and with it a new monthly limit".formatted(UtcCalendar.monthText(month)),
            source)
        : null;
  }

  private boolean isInTime(Instant time) {
    return !time.isAfter(request.getRequestedAt());
  }

  private String money(long nanos) {
    return Money.format(nanos, request.getCurrency());
  }
}
