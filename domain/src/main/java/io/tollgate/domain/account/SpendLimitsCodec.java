package io.tollgate.domain.account;

import io.tollgate.domain.codec.ByteReader;
import io.tollgate.domain.codec.ByteWriter;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Spend limits as bytes, within the snapshot of their account. */
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
