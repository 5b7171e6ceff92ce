package io.tollgate.schemas;

import io.tollgate.events.AccountAccess;
import io.tollgate.events.AccountBalance;
import io.tollgate.events.AccountOpened;
import io.tollgate.events.AccountReinstated;
import io.tollgate.events.AccountSuspended;
import io.tollgate.events.AlertLevelsConfigured;
import io.tollgate.events.AuthorizationDecided;
import io.tollgate.events.AuthorizationReleased;
import io.tollgate.events.AuthorizationRequested;
import io.tollgate.events.AutoRechargeConfigured;
import io.tollgate.events.BalanceAlert;
import io.tollgate.events.ClaimAnswered;
import io.tollgate.events.ClaimRequested;
import io.tollgate.events.ClockTick;
import io.tollgate.events.CreditGranted;
import io.tollgate.events.CreditStranded;
import io.tollgate.events.CreditVoided;
import io.tollgate.events.DisputeUpdated;
import io.tollgate.events.IssuerCleared;
import io.tollgate.events.LedgerEntry;
import io.tollgate.events.ModelAccessPolicy;
import io.tollgate.events.ModelPrices;
import io.tollgate.events.OverdraftConfigured;
import io.tollgate.events.PaymentFailed;
import io.tollgate.events.PaymentRefunded;
import io.tollgate.events.PaymentSucceeded;
import io.tollgate.events.PhoneVerified;
import io.tollgate.events.RechargeRequested;
import io.tollgate.events.RefundDecided;
import io.tollgate.events.RefundRequested;
import io.tollgate.events.RejectedEvent;
import io.tollgate.events.SpendLimitConfigured;
import io.tollgate.events.StrandingCleared;
import io.tollgate.events.TrialDecided;
import io.tollgate.events.UsageBlocked;
import io.tollgate.events.UsageEvent;
import io.tollgate.events.VerificationUpdated;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;

/** Every type of record that may be the value of a message, in the order of the topics. */
public final class EventTypes {

  private static final Map<String, Schema> BY_NAME =
      byName(
          UsageEvent.getClassSchema(),
          AuthorizationRequested.getClassSchema(),
          AuthorizationReleased.getClassSchema(),
          PaymentSucceeded.getClassSchema(),
          PaymentFailed.getClassSchema(),
          PaymentRefunded.getClassSchema(),
          DisputeUpdated.getClassSchema(),
          IssuerCleared.getClassSchema(),
          AccountOpened.getClassSchema(),
          PhoneVerified.getClassSchema(),
          VerificationUpdated.getClassSchema(),
          AutoRechargeConfigured.getClassSchema(),
          AlertLevelsConfigured.getClassSchema(),
          SpendLimitConfigured.getClassSchema(),
          OverdraftConfigured.getClassSchema(),
          CreditGranted.getClassSchema(),
          CreditVoided.getClassSchema(),
          AccountSuspended.getClassSchema(),
          AccountReinstated.getClassSchema(),
          RefundRequested.getClassSchema(),
          ModelPrices.getClassSchema(),
          ModelAccessPolicy.getClassSchema(),
          LedgerEntry.getClassSchema(),
          AccountBalance.getClassSchema(),
          AccountAccess.getClassSchema(),
          BalanceAlert.getClassSchema(),
          RechargeRequested.getClassSchema(),
          AuthorizationDecided.getClassSchema(),
          UsageBlocked.getClassSchema(),
          TrialDecided.getClassSchema(),
          CreditStranded.getClassSchema(),
          StrandingCleared.getClassSchema(),
          RefundDecided.getClassSchema(),
          RejectedEvent.getClassSchema(),
          ClockTick.getClassSchema(),
          ClaimRequested.getClassSchema(),
          ClaimAnswered.getClassSchema());

  private EventTypes() {}

  /** The current schemas of all types. */
  public static Collection<Schema> all() {
    return BY_NAME.values();
  }

  /** The current schema of the type with this simple name, such as {@code UsageEvent}. */
  public static Optional<Schema> named(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  private static Map<String, Schema> byName(Schema... schemas) {
    Map<String, Schema> byName = new LinkedHashMap<>();
    for (Schema schema : schemas) {
      byName.put(schema.getName(), schema);
    }
    return Collections.unmodifiableMap(byName);
  }
}
