package io.tollgate.simulator.model;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One ledger entry in the making: movements of lots and debt, written with the balance they lead to
 * (§2).
 */
final class Booking {
  private final Step step;
  private final String type;
  private final ArrayNode movements = JsonNodeFactory.instance.arrayNode();
  private final ArrayNode lines = JsonNodeFactory.instance.arrayNode();
  private final long balanceBefore;
  private final List<String> flags = new ArrayList<>();
  private long amount;
  private long writtenOff;
  private @Nullable String authorizationId;
  private @Nullable String projectId;
  private @Nullable String apiKeyId;

  Booking(Step step, String type) {
    this.step = step;
    this.type = type;
    this.balanceBefore = step.account.posted;
  }

  /** Moves money into (positive) or out of (negative) a lot. */
  void move(Lot lot, long delta) {
    if (delta == 0) {
      return;
    }
    lot.remaining = Math.addExact(lot.remaining, delta);
    amount = Math.addExact(amount, delta);
    ObjectNode movement = movements.addObject();
    movement.put("lotId", lot.id);
    movement.put("deltaNanos", delta);
  }

  void changeDebt(long delta) {
    step.account.debt = Math.addExact(step.account.debt, delta);
    amount = Math.subtractExact(amount, delta);
  }

  void writeOff(long nanos) {
    writtenOff = nanos;
    Lifetime.add(step.account, "writtenOff", nanos);
  }

  void lines(List<PriceBook.Line> priced) {
    for (PriceBook.Line line : priced) {
      ObjectNode json = lines.addObject();
      json.put("meter", line.meter());
      json.put("quantity", line.quantity());
      json.put("nanosPerMillion", line.nanosPerMillion());
    }
  }

  void flag(String flag) {
    flags.add(flag);
  }

  void of(@Nullable String authorization, @Nullable String project, @Nullable String apiKey) {
    authorizationId = authorization;
    projectId = project;
    apiKeyId = apiKey;
  }

  long balanceBefore() {
    return balanceBefore;
  }

  void write() {
    write(step.cause, step.occurredAt);
  }

  /** Writes the entry for a cause of its own, such as a refund that waited for its payment. */
  void write(Cause cause, long occurredAt) {
    Account account = step.account;
    account.posted = Math.addExact(account.posted, amount);
    account.version++;
    Lifetime.addEntry(account, type, amount);

    ObjectNode entry = JsonNodeFactory.instance.objectNode();
    entry.put("entryId", account.id + ":" + account.version);
    entry.put("accountId", account.id);
    entry.put("version", account.version);
    entry.put("type", type);
    entry.set("cause", cause.toJson());
    entry.put("occurredAt", Times.iso(occurredAt));
    entry.put("recordedAt", Times.iso(step.now));
    entry.put("amountNanos", amount);
    entry.put("balanceBeforeNanos", balanceBefore);
    entry.put("balanceAfterNanos", account.posted);
    entry.set("lotMovements", movements);
    entry.put("debtAfterNanos", account.debt);
    entry.put("writtenOffNanos", writtenOff);
    entry.set("lines", lines);
    entry.put("authorizationId", authorizationId);
    entry.put("projectId", projectId);
    entry.put("apiKeyId", apiKeyId);
    ArrayNode flagNames = entry.putArray("flags");
    flags.forEach(flagNames::add);
    step.emit("ledger-entries", "LedgerEntry", entry);
  }
}
