package io.tollgate.domain.account;

import io.tollgate.domain.account.RechargeState.Armed;
import io.tollgate.domain.account.RechargeState.Claiming;
import io.tollgate.domain.account.RechargeState.Cooldown;
import io.tollgate.domain.account.RechargeState.InFlight;
import io.tollgate.domain.account.RechargeState.Off;
import io.tollgate.domain.account.RechargeState.Pending;
import io.tollgate.domain.account.RechargeState.StopReason;
import io.tollgate.domain.account.RechargeState.Stopped;
import io.tollgate.domain.codec.ByteReader;
import io.tollgate.domain.codec.ByteWriter;
import io.tollgate.domain.codec.CorruptStateException;
import io.tollgate.domain.effect.Effect.RechargeReason;
import org.jspecify.annotations.Nullable;

/** The part of an account's snapshot that is its auto-recharge. */
final class AutoRechargeCodec {

  private static final int OFF = 0;
  private static final int ARMED = 1;
  private static final int PENDING = 2;
  private static final int CLAIMING = 3;
  private static final int COOLDOWN = 4;
  private static final int STOPPED = 5;

  private AutoRechargeCodec() {}

  static void write(ByteWriter out, AutoRecharge recharge) {
    write(out, recharge.config);
    write(out, recharge.nextConfig);
    out.writeOptionalText(recharge.card)
        .writeLong(recharge.cardAt)
        .writeLong(recharge.count)
        .writeLong(recharge.month.month)
        .writeLong(recharge.month.asked)
        .writeLong(recharge.month.alertedMonth);
    write(out, recharge.state);
  }

  static void read(ByteReader in, AutoRecharge recharge) {
    recharge.config = readConfig(in);
    recharge.nextConfig = readConfig(in);
    recharge.card = in.readOptionalText();
    recharge.cardAt = in.readLong();
    recharge.count = in.readLong();
    recharge.month.month = in.readInt();
    recharge.month.asked = in.readLong();
    recharge.month.alertedMonth = in.readInt();
    recharge.state = readState(in);
  }

  private static void write(ByteWriter out, RechargeState state) {
    if (state instanceof Armed) {
      out.writeByte(ARMED);
    } else if (state instanceof Claiming claiming) {
      write(out.writeByte(CLAIMING), claiming);
      out.writeText(claiming.claimedCard()).writeLong(claiming.askedAt());
    } else if (state instanceof Pending pending) {
      write(out.writeByte(PENDING), pending);
      out.writeOptionalText(pending.claimedCard())
          .writeLong(pending.sends())
          .writeLong(pending.firstSentAt())
          .writeBoolean(pending.stalled());
    } else if (state instanceof Cooldown cooldown) {
      write(out.writeByte(COOLDOWN), cooldown);
      out.writeLong(cooldown.retryAt())
          .writeBoolean(cooldown.waitsForIssuer())
          .writeOptionalText(cooldown.declinedCard());
    } else if (state instanceof Stopped stopped) {
      out.writeByte(STOPPED).writeText(stopped.reason().name());
    } else {
      out.writeByte(OFF);
    }
  }

  private static RechargeState readState(ByteReader in) {
    int state = in.readByte();
    return switch (state) {
      case OFF -> new Off();
      case ARMED -> new Armed();
      case CLAIMING -> new Claiming(readRecharge(in), in.readText(), in.readLong());
      case PENDING ->
          new Pending(
              readRecharge(in),
              in.readOptionalText(),
              in.readInt(),
              in.readLong(),
              in.readBoolean());
      case COOLDOWN ->
          new Cooldown(readRecharge(in), in.readLong(), in.readBoolean(), in.readOptionalText());
      case STOPPED -> new Stopped(in.readEnum(StopReason.class));
      default -> throw new CorruptStateException("no recharge state " + state);
    };
  }

  private static void write(ByteWriter out, InFlight inFlight) {
    Recharge recharge = inFlight.recharge();
    out.writeLong(recharge.number())
        .writeLong(recharge.attempt())
        .writeLong(recharge.amount())
        .writeLong(recharge.month())
        .writeText(recharge.reason().name())
        .writeBoolean(recharge.hadUnknownDecline());
  }

  private static Recharge readRecharge(ByteReader in) {
    return new Recharge(
        in.readLong(),
        in.readInt(),
        in.readLong(),
        in.readInt(),
        in.readEnum(RechargeReason.class),
        in.readBoolean());
  }

  private static void write(ByteWriter out, AutoRecharge.@Nullable Config config) {
    out.writeBoolean(config != null);
    if (config != null) {
      out.writeBoolean(config.enabled())
          .writeLong(config.threshold())
          .writeLong(config.target())
          .writeOptionalLong(config.monthlyLimit())
          .writeLong(config.occurredAt());
    }
  }

  private static AutoRecharge.@Nullable Config readConfig(ByteReader in) {
    return in.readBoolean()
        ? new AutoRecharge.Config(
            in.readBoolean(), in.readLong(), in.readLong(), in.readOptionalLong(), in.readLong())
        : null;
  }
}
