package io.tollgate.cli.recharge;

import io.tollgate.cli.Colours;
import io.tollgate.cli.Money;
import io.tollgate.cli.RecordWords;
import io.tollgate.domain.UtcCalendar;
import io.tollgate.domain.account.RechargePreview;
import io.tollgate.domain.account.RechargePreview.InFlightRecharge;
import io.tollgate.domain.account.RechargePreview.Settings;
import io.tollgate.domain.account.RechargePreview.State;
import io.tollgate.domain.account.RechargePreview.Trial;
import io.tollgate.domain.effect.Effect;
import io.tollgate.mapping.EffectMapper;
import java.io.PrintWriter;
import java.util.Objects;

/** A preview for people. */
final class PreviewText {

  private final RechargePreview preview;
  private final Colours colours;

  PreviewText(RechargePreview preview, Colours colours) {
    this.preview = preview;
    this.colours = colours;
  }

  void print(PrintWriter out) {
    out.println(
        colours.bold(
            "%s: auto-recharge is %s, the balance is %s%s"
                .formatted(
                    preview.accountId(),
                    preview.state(),
                    money(preview.postedNanos()),
                    preview.suspended() ? ", the account is suspended" : "")));
    Settings settings = preview.settings();
    if (settings == null) {
      out.println("  it was never configured");
    } else {
      printSettings(settings, out);
    }
    InFlightRecharge recharge = preview.recharge();
    if (recharge != null) {
      out.println(
          "  recharge %s of %s is on its way: attempt %d%s"
              .formatted(
                  recharge.rechargeId(),
                  money(recharge.amountNanos()),
                  recharge.attempt(),
                  preview.state() == State.CLAIMING
                      ? " waits for the answer whether its card has budget left"
                      : ""));
    }
    out.println();
    Trial debit = preview.debit();
    out.println(
        debit.debitNanos() == 0
            ? "Any debit now:"
            : "A debit of %s now leaves %s:"
                .formatted(money(debit.debitNanos()), money(debit.postedNanos())));
    print(debit, whyNot(debit), out);
    Trial deadline = preview.deadline();
    if (deadline != null) {
      out.println("By itself, at %s:".formatted(UtcCalendar.text(deadline.at())));
      print(deadline, "nothing", out);
    }
  }

  private void printSettings(Settings settings, PrintWriter out) {
    out.println(
        "  threshold %s, target %s, by the settings of %s%s"
            .formatted(
                money(settings.thresholdNanos()),
                money(settings.targetNanos()),
                UtcCalendar.text(settings.configuredAt()),
                preview.settingsWait() ? "; newer ones wait for the result of the recharge" : ""));
    Long limit = settings.monthlyLimitNanos();
    Long left = preview.leftNanos();
    out.println(
        "  %s; requested in %s: %s%s"
            .formatted(
                limit == null ? "no monthly limit" : "monthly limit " + money(limit),
                preview.month(),
                money(preview.requestedNanos()),
                left == null ? "" : ", left: " + money(left)));
    out.println(
        preview.cardKnown()
            ? "  the card's budget over all accounts is asked before each attempt"
            : "  no payment has named a card yet, so no budget is asked");
  }

  private void print(Trial trial, String nothing, PrintWriter out) {
    if (trial.effects().isEmpty()) {
      out.println("  " + nothing);
    }
    for (Effect effect : trial.effects()) {
      out.println(
          "  "
              + colours.yellow(
                  RecordWords.of(Objects.requireNonNull(EffectMapper.record(effect)))));
    }
  }

  /** Why a debit without effect has none. */
  private String whyNot(Trial debit) {
    Settings settings = preview.settings();
    if (settings == null || preview.state() == State.OFF) {
      return "nothing, since auto-recharge is off";
    }
    if (preview.recharge() != null) {
      return "nothing, since recharge %s is on its way%s"
          .formatted(
              preview.recharge().rechargeId(),
              preview.state() == State.STALLED
                  ? ": nobody has said what became of it; configuring auto-recharge anew gives it up"
                  : "");
    }
    if (preview.state() == State.STOPPED_BY_CUSTOMER) {
      return "nothing, until a purchase lifts the balance over the threshold, or it is configured anew";
    }
    if (preview.state() == State.STOPPED_FOR_GOOD) {
      return "nothing, until it is configured anew";
    }
    if (preview.suspended()) {
      return "nothing, since the account is suspended";
    }
    return debit.postedNanos() > settings.thresholdNanos()
        ? "nothing, since that is above the threshold"
        : "nothing, since the monthly limit leaves less than the smallest recharge; it goes on next"
            + " month";
  }

  private String money(long nanos) {
    return Money.format(nanos, preview.currency());
  }
}
