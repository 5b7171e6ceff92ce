package io.tollgate.cli.explain;

import io.tollgate.cli.Money;
import io.tollgate.cli.explain.History.Found;
import io.tollgate.cli.explain.Story.Moment;
import io.tollgate.events.BalanceAlert;
import io.tollgate.events.PaymentFailed;
import io.tollgate.events.PaymentSucceeded;
import io.tollgate.events.RechargeReason;
import io.tollgate.events.RechargeRequested;
import io.tollgate.schemas.json.IsoMillis;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.StringJoiner;

/** Why a recharge fired, each attempt, what the bank said, and what happens next and when. */
final class RechargeStory {

  private RechargeStory() {}

  static Story of(History history, String rechargeId) {
    List<Found<RechargeRequested>> requests =
        history.all(RechargeRequested.class).stream()
            .filter(found -> found.value().getRechargeId().equals(rechargeId))
            .toList();
    List<Found<PaymentFailed>> declines =
        history.all(PaymentFailed.class).stream()
            .filter(found -> rechargeId.equals(found.value().getRechargeId()))
            .toList();
    List<Found<PaymentSucceeded>> payments =
        history.all(PaymentSucceeded.class).stream()
            .filter(found -> rechargeId.equals(found.value().getRechargeId()))
            .toList();
    List<Found<BalanceAlert>> alerts =
        history.all(BalanceAlert.class).stream()
            .filter(found -> isAbout(found.value(), rechargeId))
            .toList();
    List<Moment> moments = new ArrayList<>();
    requests.forEach(found -> moments.add(moment(found)));
    declines.forEach(found -> moments.add(decline(found)));
    payments.forEach(
        found ->
            moments.add(
                new Moment(
                    found.value().getOccurredAt(),
                    "paid: payment %s of %s"
                        .formatted(
                            found.value().getPaymentId(),
                            Money.format(
                                found.value().getAmountNanos(), found.value().getCurrency())),
                    found.source())));
    alerts.forEach(
        found ->
            moments.add(
                new Moment(
                    found.value().getOccurredAt(),
                    "alert %s: %s".formatted(found.value().getType(), found.value().getDetail()),
                    found.source())));
    moments.sort(Comparator.comparing(Moment::at));
    return new Story(
        "recharge",
        rechargeId,
        history.accountId(),
        headline(rechargeId, requests, payments),
        details(requests),
        moments,
        next(requests, payments, alerts));
  }

  /** Alerts name the recharge and the attempt they are about, and maybe a time. */
  private static boolean isAbout(BalanceAlert alert, String rechargeId) {
    String subject = alert.getAccountId() + ":" + alert.getType() + ":" + rechargeId;
    return alert.getAlertId().equals(subject) || alert.getAlertId().startsWith(subject + ":");
  }

  private static String headline(
      String rechargeId,
      List<Found<RechargeRequested>> requests,
      List<Found<PaymentSucceeded>> payments) {
    if (requests.isEmpty()) {
      return "Recharge %s: its requests are not in the topic any more".formatted(rechargeId);
    }
    RechargeRequested first = requests.get(0).value();
    return "Recharge %s of %s %s"
        .formatted(
            rechargeId,
            Money.format(first.getAmountNanos(), first.getCurrency()),
            payments.isEmpty() ? "has not been paid" : "was paid");
  }

  private static List<String> details(List<Found<RechargeRequested>> requests) {
    if (requests.isEmpty()) {
      return List.of();
    }
    RechargeRequested first = requests.get(0).value();
    String why =
        first.getReason() == RechargeReason.DENIED_FOR_CREDIT
            ? "a call was denied for credit"
            : "the balance was at or below the threshold";
    return List.of(
        "it fired because %s: balance %s, threshold %s, target %s"
            .formatted(
                why,
                Money.format(first.getBalanceNanos(), first.getCurrency()),
                Money.digits(first.getThresholdNanos()),
                Money.digits(first.getTargetNanos())));
  }

  private static Moment moment(Found<RechargeRequested> found) {
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

  private static Moment decline(Found<PaymentFailed> found) {
    PaymentFailed failed = found.value();
    StringJoiner said = new StringJoiner(", ");
    said.add("code " + failed.getDeclineCode());
    if (failed.getAdviceCode() != null) {
      said.add("advice " + failed.getAdviceCode());
    }
    if (failed.getNetworkAdviceCode() != null) {
      said.add("network advice " + failed.getNetworkAdviceCode());
    }
    return new Moment(
        failed.getOccurredAt(),
        "the bank declined%s: %s"
            .formatted(failed.getAttempt() == null ? "" : " attempt " + failed.getAttempt(), said),
        found.source());
  }

  private static List<String> next(
      List<Found<RechargeRequested>> requests,
      List<Found<PaymentSucceeded>> payments,
      List<Found<BalanceAlert>> alerts) {
    if (!payments.isEmpty() || requests.isEmpty()) {
      return List.of();
    }
    RechargeRequested last = requests.get(requests.size() - 1).value();
    BalanceAlert newest =
        alerts.stream()
            .map(Found::value)
            .filter(alert -> !alert.getOccurredAt().isBefore(last.getRequestedAt()))
            .reduce((before, after) -> after)
            .orElse(null);
    if (newest == null) {
      return List.of(
          "it waits for the payment service; without a word, attempt %d is sent again at %s"
              .formatted(last.getAttempt(), IsoMillis.format(last.getDeadline())));
    }
    if (newest.getNextAttemptAt() != null) {
      return List.of("the next attempt is at " + IsoMillis.format(newest.getNextAttemptAt()));
    }
    return List.of(newest.getDetail());
  }
}
