package io.tollgate.cli.quote;

import io.tollgate.cli.Colours;
import io.tollgate.cli.Money;
import io.tollgate.cli.TextTable;
import io.tollgate.cli.quote.ModelQuote.CallQuote;
import io.tollgate.domain.UtcCalendar;
import io.tollgate.domain.event.Quantities;
import io.tollgate.domain.rating.AccessPolicy.Requirement;
import io.tollgate.domain.rating.PriceRow;
import io.tollgate.events.AccountStatus;
import java.io.PrintWriter;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A quote for people: how the account stands, what it could use, and what that costs. */
final class QuoteText {

  private static final List<String> TOKEN_METERS =
      List.of(Quantities.INPUT, Quantities.CACHED_INPUT, Quantities.CACHE_WRITE, Quantities.OUTPUT);

  private static final Comparator<PriceRow> PRICE_ORDER =
      Comparator.comparingInt((PriceRow row) -> rank(row.meter()))
          .thenComparing(PriceRow::meter)
          .thenComparing(PriceRow::minInputTokens)
          .thenComparing(PriceRow::effectiveFrom);

  private final Quote quote;
  private final Standing standing;
  private final PrintWriter out;
  private final Colours colours;

  QuoteText(Quote quote, PrintWriter out, Colours colours) {
    this.quote = quote;
    this.standing = quote.standing();
    this.out = out;
    this.colours = colours;
  }

  void print() {
    out.println(
        colours.bold(
            "%s: %s, %s, %s available"
                .formatted(
                    standing.accountId(),
                    standing.status() == AccountStatus.SUSPENDED ? "suspended" : "active",
                    standing.verified() ? "verified" : "not verified",
                    Money.format(standing.availableNanos(), standing.currency()))));
    if (!quote.blocks().isEmpty()) {
      out.println(colours.red("Nothing can be used now."));
      quote.blocks().forEach(block -> out.println("  " + block.remedy()));
      out.println("After that:");
    }
    out.println();
    if (quote.models().isEmpty()) {
      out.println("There are no models yet: neither prices nor policies are published.");
      return;
    }
    calls().print(out);
    printWhatVerificationChanges();
    out.println();
    printPrices();
  }

  private TextTable calls() {
    TextTable table = TextTable.headed("MODEL", "CAPABILITY", "NOW", "WHY");
    for (ModelQuote model : quote.models()) {
      for (CallQuote call : model.calls()) {
        table.row(title(model), call.capability(), state(call), why(call));
      }
    }
    return table;
  }

  private static String title(ModelQuote model) {
    return model.name().equals(model.model())
        ? model.name()
        : "%s (%s)".formatted(model.name(), model.model());
  }

  private String state(CallQuote call) {
    if (call.block() != null) {
      return colours.red("blocked" + until(call.blockedUntil()));
    }
    return call.usableUntil() == null
        ? colours.green("usable")
        : colours.yellow("usable" + until(call.usableUntil()));
  }

  private static String until(@Nullable Long time) {
    return time == null ? "" : " until " + UtcCalendar.dayText(time);
  }

  private String why(CallQuote call) {
    StringJoiner why = new StringJoiner("; ");
    for (Requirement requirement : call.requirements()) {
      why.add(
          "%s %s needs a verified organisation%s; announced %s (policy %s)"
              .formatted(
                  requirement.effectiveFrom() > quote.at() ? "from" : "since",
                  UtcCalendar.dayText(requirement.effectiveFrom()),
                  standing.verified() ? ", which it is" : "",
                  UtcCalendar.dayText(requirement.announcedAt()),
                  requirement.policyId()));
    }
    if (call.block() != null && call.block().missing().isEmpty()) {
      why.add("no price in tier " + quote.serviceTier());
    }
    return why.toString();
  }

  private void printWhatVerificationChanges() {
    List<CallQuote> gated =
        quote.models().stream()
            .flatMap(model -> model.calls().stream())
            .filter(call -> !call.requirements().isEmpty())
            .toList();
    if (standing.verified() || gated.isEmpty()) {
      return;
    }
    out.println();
    out.println(
        "Verify the organisation, and no requirement stands in the way of these %d any more."
            .formatted(gated.size()));
    out.println(
        "What is announced already is no ground for a refund of credit that is bought from now on.");
  }

  private void printPrices() {
    TextTable table =
        quote.amountNanos() == null
            ? TextTable.headed("MODEL", "METER", "PROMPTS OVER", "A MILLION COSTS")
            : TextTable.headed("MODEL", "METER", "PROMPTS OVER", "A MILLION COSTS", "BUYS ABOUT");
    for (ModelQuote model : quote.models()) {
      Stream.concat(model.prices().stream(), model.announcedPrices().stream())
          .sorted(PRICE_ORDER)
          .forEach(price -> addPrice(model, price, table));
    }
    Long amount = quote.amountNanos();
    out.println(
        "Prices of tier %s in %s%s"
            .formatted(
                quote.serviceTier(),
                standing.currency(),
                amount == null
                    ? ""
                    : ", and what %s buys of one meter alone%s"
                        .formatted(
                            Money.format(amount, standing.currency()),
                            standing.debtNanos() == 0
                                ? ""
                                : " once the debt of %s is paid from it"
                                    .formatted(
                                        Money.format(standing.debtNanos(), standing.currency())))));
    out.println();
    table.print(out);
  }

  private void addPrice(ModelQuote model, PriceRow price, TextTable table) {
    String band = price.minInputTokens() == 0 ? "" : "%,d".formatted(price.minInputTokens());
    String cost =
        Money.digits(price.nanosPerMillion())
            + (price.effectiveFrom() > quote.at()
                ? " from " + UtcCalendar.dayText(price.effectiveFrom())
                : "");
    if (quote.amountNanos() == null) {
      table.row(title(model), price.meter(), band, cost);
    } else {
      BigInteger units = quote.units(price);
      table.row(
          title(model),
          price.meter(),
          band,
          cost,
          units == null ? "any number" : String.format(Locale.ROOT, "%,d", units));
    }
  }

  private static int rank(String meter) {
    int rank = TOKEN_METERS.indexOf(meter);
    return rank < 0 ? TOKEN_METERS.size() : rank;
  }
}
