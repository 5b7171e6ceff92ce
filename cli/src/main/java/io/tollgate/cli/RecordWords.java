package io.tollgate.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tollgate.events.AccountAccess;
import io.tollgate.events.AccountBalance;
import io.tollgate.events.AuthorizationDecided;
import io.tollgate.events.BalanceAlert;
import io.tollgate.events.LedgerEntry;
import io.tollgate.events.RechargeRequested;
import io.tollgate.events.RejectedEvent;
import io.tollgate.events.UsageBlocked;
import io.tollgate.schemas.json.IsoMillis;
import io.tollgate.schemas.json.JsonRecords;
import java.util.Set;
import java.util.StringJoiner;
import org.apache.avro.specific.SpecificRecord;

/** What a record says, in one line for people; the account is for the reader to name. */
public final class RecordWords {

  private static final String NANOS = "Nanos";

  /** Fields that the line around the words shows already. */
  private static final Set<String> SHOWN_ELSEWHERE = Set.of("accountId");

  private RecordWords() {}

  /** The words for a record of any topic. */
  public static String of(SpecificRecord record) {
    if (record instanceof LedgerEntry entry) {
      return of(entry);
    }
    if (record instanceof AccountBalance balance) {
      return "available %s, posted %s, held %s, debt %s, in %d lots, version %d"
          .formatted(
              Money.format(balance.getAvailableNanos(), balance.getCurrency()),
              Money.digits(balance.getPostedNanos()),
              Money.digits(balance.getHeldNanos()),
              Money.digits(balance.getDebtNanos()),
              balance.getLots().size(),
              balance.getVersion());
    }
    if (record instanceof AccountAccess access) {
      return "%s, %s, %s%s"
          .formatted(
              access.getStatus(),
              access.getVerified() ? "verified" : "not verified",
              access.getCreditState(),
              access.getSpendLimitReached() ? ", spend limit reached" : "");
    }
    if (record instanceof BalanceAlert alert) {
      return "%s: %s".formatted(alert.getType(), alert.getDetail());
    }
    if (record instanceof RechargeRequested recharge) {
      return "%s, %s: recharge %s, attempt %d, answer by %s"
          .formatted(
              Money.format(recharge.getAmountNanos(), recharge.getCurrency()),
              recharge.getReason(),
              recharge.getRechargeId(),
              recharge.getAttempt(),
              IsoMillis.format(recharge.getDeadline()));
    }
    if (record instanceof UsageBlocked block) {
      return "%s %s%s: %s"
          .formatted(
              block.getReason(),
              block.getId(),
              block.getModel() == null ? "" : ", " + block.getModel(),
              block.getRemedy());
    }
    if (record instanceof AuthorizationDecided decision) {
      return "%s %s: held %s, available %s"
          .formatted(
              decision.getReason() == null ? decision.getOutcome() : decision.getReason(),
              decision.getAuthorizationId(),
              Money.digits(decision.getHeldNanos()),
              Money.digits(decision.getAvailableNanos()));
    }
    if (record instanceof RejectedEvent rejection) {
      return "%s %s-%d@%d: %s"
          .formatted(
              rejection.getReason(),
              rejection.getSourceTopic(),
              rejection.getSourcePartition(),
              rejection.getSourceOffset(),
              rejection.getDetail());
    }
    return fields(record);
  }

  private static String of(LedgerEntry entry) {
    StringJoiner words = new StringJoiner(", ");
    words.add(
        "%s %s for %s, balance %s"
            .formatted(
                entry.getType(),
                Money.digits(entry.getAmountNanos()),
                entry.getCause().getId(),
                Money.digits(entry.getBalanceAfterNanos())));
    if (entry.getDebtAfterNanos() > 0) {
      words.add("debt " + Money.digits(entry.getDebtAfterNanos()));
    }
    if (entry.getWrittenOffNanos() > 0) {
      words.add("written off " + Money.digits(entry.getWrittenOffNanos()));
    }
    entry.getFlags().forEach(flag -> words.add(flag.name()));
    return words.add("entry " + entry.getEntryId()).toString();
  }

  /** Every field that has something to say, by name; amounts in units of the currency. */
  private static String fields(SpecificRecord record) {
    ObjectNode json = JsonRecords.toJson(record);
    StringJoiner words = new StringJoiner(" ");
    json.properties()
        .forEach(
            field -> {
              if (!SHOWN_ELSEWHERE.contains(field.getKey()) && says(field.getValue())) {
                words.add(field(field.getKey(), field.getValue()));
              }
            });
    return words.toString();
  }

  private static boolean says(JsonNode value) {
    return !value.isNull()
        && !(value.isContainerNode() && value.isEmpty())
        && !(value.isTextual() && value.textValue().isEmpty());
  }

  private static String field(String name, JsonNode value) {
    if (name.endsWith(NANOS) && value.isIntegralNumber()) {
      return name.substring(0, name.length() - NANOS.length())
          + "="
          + Money.digits(value.longValue());
    }
    return name + "=" + (value.isTextual() ? value.textValue() : value.toString());
  }
}
