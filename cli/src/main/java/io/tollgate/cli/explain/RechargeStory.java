package io.tollgate.cli.explain;

import io.tollgate.cli.Money;
import io.tollgate.cli.explain.History.Found;
import io.tollgate.cli.explain.Story.Moment;
import io.tollgate.domain.UtcCalendar;
import io.tollgate.events.AlertType;
import io.tollgate.events.AutoRechargeConfigured;
import io.tollgate.events.BalanceAlert;
import io.tollgate.events.IssuerCleared;
import io.tollgate.events.PaymentFailed;
import io.tollgate.events.PaymentSucceeded;
import io.tollgate.events.RechargeReason;
import io.tollgate.events.RechargeRequested;
import io.tollgate.schemas.json.IsoMillis;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** Why a recharge fired, each attempt, what the bank said, and what happens next and when. */
final class RechargeStory {

  private static final Set<AlertType> OF_RECHARGES =
      EnumSet.range(AlertType.RECHARGE_FAILED, AlertType.RECHARGE_DISABLED);

  private final History history;
  private final DeclineWords declineWords;
  private final String rechargeId;
  private final List<Found<RechargeRequested>> requests;
  private final List<Found<PaymentFailed>> declines;
  private final List<Found<PaymentSucceeded>> payments;
  private final List<Found<BalanceAlert>> alerts;
  private final List<Found<IssuerCleared>> clearances;

  private RechargeStory(History history, DeclineWords declineWords, String rechargeId) {
    this.history = history;
    this.declineWords = declineWords;
    this.rechargeId = rechargeId;
    this.requests =
        history.all(RechargeRequested.class).stream()
            .filter(found -> found.value().getRechargeId().equals(rechargeId))
            .toList();
    this.declines =
        history.all(PaymentFailed.class).stream()
            .filter(found -> rechargeId.equals(found.value().getRechargeId()))
            .toList();
    this.payments =
        history.all(PaymentSucceeded.class).stream()
            .filter(found -> rechargeId.equals(found.value().getRechargeId()))
            .toList();
    this.alerts =
        history.all(BalanceAlert.class).stream()
            .filter(found -> isAbout(found.value(), rechargeId))
            .toList();
    this.clearances = history.all(IssuerCleared.class).stream().filter(this::isDuring).toList();
  }

  static Story of(History history, DeclineWords declineWords, String rechargeId) {
    return new RechargeStory(history, declineWords, rechargeId).tell();
  }

  private Story tell() {
    Moment trigger = history.trigger(rechargeId);
    return new Story(
        "recharge",
        rechargeId,
        history.accountId(),
        headline(),
        requests.isEmpty() ? List.of() : details(requests.get(0).value()),
        Stream.of(
                Stream.ofNullable(trigger),
                requests.stream().map(RechargeStory::sent),
                declines.stream().map(this::declined),
                clearances.stream().map(RechargeStory::cleared),
                payments.stream().map(RechargeStory::paid),
                alerts.stream().map(Moment::of))
            .flatMap(moments -> moments)
            .sorted(Comparator.comparing(Moment::at))
            .toList(),
        next());
  }

  /** Alerts name the recharge and the attempt they are about, and maybe a time. */
  static boolean isAbout(BalanceAlert alert, String rechargeId) {
    if (!OF_RECHARGES.contains(alert.getType())) {
      return false;
    }
    String subject = alert.getAccountId() + ":" + alert.getType() + ":" + rechargeId;
    return alert.getAlertId().equals(subject) || alert.getAlertId().startsWith(subject + ":");
  }

  /** Between its first request and its payment, if it was paid. */
  private boolean isDuring(Found<?> found) {
    return !requests.isEmpty()
        && !found.source().timestamp().isBefore(requests.get(0).value().getRequestedAt())
        && payments.stream()
            .noneMatch(paid -> paid.source().timestamp().isBefore(found.source().timestamp()));
  }

  private String headline() {
    if (requests.isEmpty()) {
      return (declines.isEmpty() && payments.isEmpty()
              ? "Recharge %s has not gone out yet"
              : "Recharge %s: its requests are not in the topic any more")
          .formatted(rechargeId);
    }
    RechargeRequested first = requests.get(0).value();
    return "Recharge %s of %s %s"
        .formatted(
            rechargeId,
            Money.format(first.getAmountNanos(), first.getCurrency()),
            payments.isEmpty() ? "has not been paid" : "was paid");
  }

  private List<String> details(RechargeRequested first) {
    List<String> details = new ArrayList<>();
    details.add(
        "it fired because %s: balance %s, threshold %s, target %s"
            .formatted(
                first.getReason() == RechargeReason.DENIED_FOR_CREDIT
                    ? "a call was denied for credit"
                    : "the balance was at or below the threshold",
                Money.format(first.getBalanceNanos(), first.getCurrency()),
                Money.digits(first.getThresholdNanos()),
                Money.digits(first.getTargetNanos())));
    history.all(AutoRechargeConfigured.class).stream()
        .filter(found -> !found.source().timestamp().isAfter(first.getRequestedAt()))
        .map(Found::value)
        .max(Comparator.comparing(AutoRechargeConfigured::getOccurredAt))
        .ifPresent(settings -> details.add(monthlyLimit(first, settings)));
    return details;
  }

  private String monthlyLimit(RechargeRequested first, AutoRechargeConfigured settings) {
    Long limit = settings.getMonthlyLimitNanos();
    String since = "by the settings of " + IsoMillis.format(settings.getOccurredAt());
    return limit == null
        ? "no monthly limit, " + since
        : "monthly limit %s, %s; requested in %s, this recharge included: %s"
            .formatted(
                Money.format(limit, first.getCurrency()),
                since,
                UtcCalendar.monthText(month(first)),
                Money.format(requestedInMonthOf(first), first.getCurrency()));
  }

  private BigInteger requestedInMonthOf(RechargeRequested first) {
    BigInteger sum = BigInteger.ZERO;
    Set<String> counted = new HashSet<>();
    for (Found<RechargeRequested> found : history.all(RechargeRequested.class)) {
      RechargeRequested request = found.value();
      if (counted.add(request.getRechargeId())
          && month(request) == month(first)
          && !request.getRequestedAt().isAfter(first.getRequestedAt())) {
        sum = sum.add(BigInteger.valueOf(request.getAmountNanos()));
      }
    }
    return sum;
  }

  private static int month(RechargeRequested request) {
    return UtcCalendar.monthOf(request.getRequestedAt().toEpochMilli());
  }

  private static Moment sent(Found<RechargeRequested> found) {
    RechargeRequested request = found.value();
    return new Moment(
        request.getRequestedAt(),
        "attempt %d %s"
            .formatted(
                request.getAttempt(),
                request.getReason() == RechargeReason.UNKNOWN_OUTCOME
                    ? "sent again: nobody had said what became of it"
                    : "requested"),
        found.source());
  }

  private Moment declined(Found<PaymentFailed> found) {
    PaymentFailed failed = found.value();
    return new Moment(
        failed.getOccurredAt(),
        "the bank declined%s: %s"
            .formatted(
                failed.getAttempt() == null ? "" : " attempt " + failed.getAttempt(),
                declineWords.of(failed)),
        found.source());
  }

  private static Moment cleared(Found<IssuerCleared> found) {
    return new Moment(
        found.value().getOccurredAt(), "the bank lets payments through again", found.source());
  }

  private static Moment paid(Found<PaymentSucceeded> found) {
    PaymentSucceeded payment = found.value();
    return new Moment(
        payment.getOccurredAt(),
        "paid: payment %s of %s"
            .formatted(
                payment.getPaymentId(),
                Money.format(payment.getAmountNanos(), payment.getCurrency())),
        found.source());
  }

  private List<String> next() {
    if (!payments.isEmpty()) {
      return List.of();
    }
    if (requests.isEmpty()) {
      return alerts.stream()
          .reduce((before, after) -> after)
          .map(newest -> List.of(afterAlert(newest.value())))
          .orElse(List.of());
    }
    RechargeRequested last = requests.get(requests.size() - 1).value();
    List<String> next = new ArrayList<>();
    next.add(next(last));
    if (hasChangedSince(last)) {
      next.add(
          "settings or the bank's word have changed since; 'tollgate recharge preview %s' tells what holds"
              .formatted(history.accountId()));
    }
    return next;
  }

  private String next(RechargeRequested last) {
    BalanceAlert newest =
        alerts.stream()
            .map(Found::value)
            .filter(alert -> !alert.getOccurredAt().isBefore(last.getRequestedAt()))
            .reduce((before, after) -> after)
            .orElse(null);
    if (newest != null) {
      return afterAlert(newest);
    }
    boolean declined =
        declines.stream()
            .anyMatch(found -> Objects.equals(found.value().getAttempt(), last.getAttempt()));
    return declined
        ? "attempt %d was declined; 'tollgate recharge preview %s' tells when the next one is"
            .formatted(last.getAttempt(), history.accountId())
        : "it waits for the payment service; without a word, attempt %d is sent again at %s"
            .formatted(last.getAttempt(), IsoMillis.format(last.getDeadline()));
  }

  private static String afterAlert(BalanceAlert alert) {
    Instant nextAttempt = alert.getNextAttemptAt();
    return nextAttempt == null
        ? alert.getDetail()
        : "the next attempt is at " + IsoMillis.format(nextAttempt);
  }

  private boolean hasChangedSince(RechargeRequested last) {
    return Stream.concat(clearances.stream(), history.all(AutoRechargeConfigured.class).stream())
        .anyMatch(found -> found.source().timestamp().isAfter(last.getRequestedAt()));
  }
}
