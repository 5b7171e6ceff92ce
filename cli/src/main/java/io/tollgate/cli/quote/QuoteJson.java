package io.tollgate.cli.quote;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tollgate.cli.quote.ModelQuote.CallQuote;
import io.tollgate.domain.UtcCalendar;
import io.tollgate.domain.account.Block;
import io.tollgate.domain.rating.AccessPolicy.Requirement;
import io.tollgate.domain.rating.PriceRow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A quote for programs. */
final class QuoteJson {

  private final Quote quote;

  QuoteJson(Quote quote) {
    this.quote = quote;
  }

  ObjectNode toJson() {
    Standing standing = quote.standing();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("accountId", standing.accountId())
        .put("at", UtcCalendar.text(quote.at()))
        .put("status", standing.status().name())
        .put("verified", standing.verified())
        .put("creditState", standing.creditState().name())
        .put("spendLimitReached", standing.spendLimitReached())
        .put("currency", standing.currency())
        .put("availableNanos", standing.availableNanos())
        .put("debtNanos", standing.debtNanos())
        .put("serviceTier", quote.serviceTier())
        .put("amountNanos", quote.amountNanos());
    ArrayNode blocks = json.putArray("blocks");
    quote.blocks().forEach(block -> put(block, blocks.addObject()));
    ArrayNode models = json.putArray("models");
    quote.models().forEach(model -> put(model, models.addObject()));
    return json;
  }

  private void put(ModelQuote model, ObjectNode json) {
    json.put("name", model.name()).put("model", model.model());
    ArrayNode calls = json.putArray("calls");
    model.calls().forEach(call -> put(call, calls.addObject()));
    put(model.prices(), json.putArray("prices"));
    put(model.announcedPrices(), json.putArray("announcedPrices"));
  }

  private void put(CallQuote call, ObjectNode json) {
    json.put("capability", call.capability())
        .put("usable", call.block() == null && quote.blocks().isEmpty())
        .put("usableUntil", time(call.usableUntil()))
        .put("blockedUntil", time(call.blockedUntil()));
    if (call.block() == null) {
      json.putNull("block");
    } else {
      put(call.block(), json.putObject("block"));
    }
    ArrayNode requirements = json.putArray("requirements");
    for (Requirement requirement : call.requirements()) {
      requirements
          .addObject()
          .put("policyId", requirement.policyId())
          .put("capability", requirement.capability())
          .put("announcedAt", UtcCalendar.text(requirement.announcedAt()))
          .put("effectiveFrom", UtcCalendar.text(requirement.effectiveFrom()))
          .put("effectiveUntil", time(requirement.effectiveUntil()));
    }
  }

  private void put(List<PriceRow> prices, ArrayNode json) {
    for (PriceRow price : prices) {
      json.addObject()
          .put("meter", price.meter())
          .put("minInputTokens", price.minInputTokens())
          .put("nanosPerMillion", price.nanosPerMillion())
          .put("effectiveFrom", UtcCalendar.text(price.effectiveFrom()))
          .put("units", quote.units(price));
    }
  }

  private static void put(Block block, ObjectNode json) {
    json.put("reason", block.reason().name())
        .put("remedy", block.remedy())
        .put("policyId", block.policyId());
  }

  private static @Nullable String time(@Nullable Long time) {
    return time == null ? null : UtcCalendar.text(time);
  }
}
