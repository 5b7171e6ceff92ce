package io.tollgate.domain.account;

import io.tollgate.domain.codec.ByteReader;
import io.tollgate.domain.codec.ByteWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Spend limits as bytes, within a snapshot or a delta of their account. */
final class SpendLimitsCodec {

  private SpendLimitsCodec() {}

  static void write(ByteWriter out, SpendLimits spendLimits) {
    out.writeAll(spendLimits.limits.entrySet(), SpendLimitsCodec::write);
  }

  private static void write(ByteWriter out, Map.Entry<String, SpendLimits.Limit> entry) {
    SpendLimits.Limit limit = entry.getValue();
    out.writeText(entry.getKey())
        .writeOptionalLong(limit.monthlyNanos())
        .writeBoolean(limit.blocks())
        .writeLong(limit.configuredAt())
        .writeAll(
            limit.months().entrySet(),
            (w, month) ->
                w.writeLong(month.getKey())
                    .writeLong(month.getValue().spent())
                    .writeBoolean(month.getValue().nearTold())
                    .writeBoolean(month.getValue().reachedTold()));
  }

  /** Those that are new or not what they were; none ever goes away. */
  static void writeDelta(ByteWriter out, SpendLimits before, SpendLimits after) {
    List<Map.Entry<String, SpendLimits.Limit>> changed = new ArrayList<>(0);
    for (Map.Entry<String, SpendLimits.Limit> entry : after.limits.entrySet()) {
      if (!entry.getValue().equals(before.limits.get(entry.getKey()))) {
        changed.add(entry);
      }
    }
    out.writeAll(changed, SpendLimitsCodec::write);
  }

  static void applyDelta(ByteReader in, SpendLimits spendLimits) {
    read(in, spendLimits);
  }

  static void read(ByteReader in, SpendLimits spendLimits) {
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      spendLimits.limits.put(in.readText(), readLimit(in));
    }
  }

  private static SpendLimits.Limit readLimit(ByteReader in) {
    return new SpendLimits.Limit(
        in.readOptionalLong(), in.readBoolean(), in.readLong(), readMonths(in));
  }

  private static NavigableMap<Integer, SpendLimits.Month> readMonths(ByteReader in) {
    NavigableMap<Integer, SpendLimits.Month> months = new TreeMap<>();
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      months.put(
          in.readInt(), new SpendLimits.Month(in.readLong(), in.readBoolean(), in.readBoolean()));
    }
    return months;
  }
}
