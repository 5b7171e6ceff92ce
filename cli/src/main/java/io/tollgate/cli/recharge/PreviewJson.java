package io.tollgate.cli.recharge;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tollgate.domain.UtcCalendar;
import io.tollgate.domain.account.RechargePreview;
import io.tollgate.domain.account.RechargePreview.InFlightRecharge;
import io.tollgate.domain.account.RechargePreview.Settings;
import io.tollgate.domain.account.RechargePreview.Trial;
import io.tollgate.domain.effect.Effect;
import io.tollgate.mapping.EffectMapper;
import io.tollgate.schemas.json.JsonRecords;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** A preview for programs; what would be told is in the shape of its records. */
final class PreviewJson {

  private final RechargePreview preview;

  PreviewJson(RechargePreview preview) {
    this.preview = preview;
  }

  ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("accountId", preview.accountId())
        .put("at", UtcCalendar.text(preview.at()))
        .put("state", preview.state().name())
        .put("suspended", preview.suspended())
        .put("currency", preview.currency())
        .put("postedNanos", preview.postedNanos())
        .put("month", preview.month())
        .put("requestedNanos", preview.requestedNanos())
        .put("leftNanos", preview.leftNanos())
        .put("cardKnown", preview.cardKnown())
        .put("settingsWait", preview.settingsWait());
    json.set("settings", settings(preview.settings()));
    json.set("recharge", recharge(preview.recharge()));
    json.set("debit", trial(preview.debit()));
    json.set("deadline", trial(preview.deadline()));
    return json;
  }

  private static @Nullable ObjectNode settings(@Nullable Settings settings) {
    return settings == null
        ? null
        : JsonNodeFactory.instance
            .objectNode()
            .put("thresholdNanos", settings.thresholdNanos())
            .put("targetNanos", settings.targetNanos())
            .put("monthlyLimitNanos", settings.monthlyLimitNanos())
            .put("configuredAt", UtcCalendar.text(settings.configuredAt()));
  }

  private static @Nullable ObjectNode recharge(@Nullable InFlightRecharge recharge) {
    return recharge == null
        ? null
        : JsonNodeFactory.instance
            .objectNode()
            .put("rechargeId", recharge.rechargeId())
            .put("attempt", recharge.attempt())
            .put("amountNanos", recharge.amountNanos());
  }

  private static @Nullable ObjectNode trial(@Nullable Trial trial) {
    if (trial == null) {
      return null;
    }
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("at", UtcCalendar.text(trial.at()))
        .put("debitNanos", trial.debitNanos())
        .put("postedNanos", trial.postedNanos());
    ArrayNode effects = json.putArray("effects");
    for (Effect effect : trial.effects()) {
      SpecificRecord record = Objects.requireNonNull(EffectMapper.record(effect));
      effects
          .addObject()
          .put("type", record.getSchema().getName())
          .set("value", JsonRecords.toJson(record));
    }
    return json;
  }
}
