package io.tollgate.producers.adapters;

import com.fasterxml.jackson.databind.JsonNode;
import io.tollgate.events.DisputeStatus;
import io.tollgate.events.DisputeUpdated;
import io.tollgate.events.PaymentFailed;
import io.tollgate.events.PaymentRefunded;
import io.tollgate.events.PaymentSucceeded;
import io.tollgate.events.RefundStatus;
import io.tollgate.events.VerificationStatus;
import io.tollgate.events.VerificationUpdated;
import io.tollgate.schemas.TrustedTypes;
import java.time.Instant;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** What the types of Stripe's webhooks become. */
final class StripeEvents {

  static {
    TrustedTypes.trust(); // for the builders
  }

  private final AccountLookup accounts;

  StripeEvents(AccountLookup accounts) {
    this.accounts = accounts;
  }

  /** The event of a webhook that is known to be genuine; empty if it changes nothing here. */
  Optional<SpecificRecord> of(JsonFields webhook) {
    JsonFields object = webhook.object("data").object("object");
    // The object's own time is when it was made; the webhook's is when it became what it is.
    Instant at = Instant.ofEpochSecond(webhook.count("created"));
    return Optional.ofNullable(
        switch (webhook.text("type")) {
          case "payment_intent.succeeded" -> succeeded(object, at);
          case "payment_intent.payment_failed" -> failed(object, at);
          case "refund.created", "refund.updated", "refund.failed" -> refunded(object, at);
          case "charge.dispute.created", "charge.dispute.updated" ->
              disputed(object, openStatus(object), at);
          case "charge.dispute.closed" -> disputed(object, closedStatus(object), at);
          case "identity.verification_session.verified" ->
              verification(object, VerificationStatus.VERIFIED, at);
          case "identity.verification_session.requires_input" ->
              verification(object, VerificationStatus.FAILED, at);
          case "identity.verification_session.canceled" ->
              verification(object, VerificationStatus.UNVERIFIED, at);
          default -> null; // among them charge.refunded, which repeats the refunds, added up
        });
  }

  private PaymentSucceeded succeeded(JsonFields intent, Instant at) {
    String id = intent.text("id");
    JsonFields metadata = intent.optionalObject("metadata");
    return PaymentSucceeded.newBuilder()
        .setPaymentId(id)
        .setAccountId(account(intent, id))
        .setAmountNanos(StripeAmounts.nanos(intent, "amount_received"))
        .setCurrency(StripeAmounts.currency(intent))
        .setOccurredAt(at)
        .setRechargeId(metadata.optionalText("recharge_id"))
        .setAttempt(attempt(metadata))
        .setCardFingerprint(cardOfCharge(intent))
        .build();
  }

  private PaymentFailed failed(JsonFields intent, Instant at) {
    String id = intent.text("id");
    JsonFields metadata = intent.optionalObject("metadata");
    JsonFields error = intent.object("last_payment_error");
    String declineCode = error.optionalText("decline_code");
    return PaymentFailed.newBuilder()
        .setPaymentId(id)
        .setAccountId(account(intent, id))
        .setAmountNanos(StripeAmounts.nanos(intent, "amount"))
        .setCurrency(StripeAmounts.currency(intent))
        .setOccurredAt(at)
        .setRechargeId(metadata.optionalText("recharge_id"))
        .setAttempt(attempt(metadata))
        .setDeclineCode(declineCode == null ? error.text("code") : declineCode)
        .setAdviceCode(error.optionalText("advice_code"))
        .setNetworkAdviceCode(error.optionalText("network_advice_code"))
        .setCardFingerprint(card(error.optionalObject("payment_method")))
        .build();
  }

  private PaymentRefunded refunded(JsonFields refund, Instant at) {
    String paymentId = payment(refund);
    return PaymentRefunded.newBuilder()
        .setRefundId(refund.text("id"))
        .setPaymentId(paymentId)
        .setAccountId(account(refund, paymentId))
        .setAmountNanos(StripeAmounts.nanos(refund, "amount"))
        .setStatus(
            switch (refund.text("status")) {
              case "pending", "requires_action" -> RefundStatus.PENDING;
              case "succeeded" -> RefundStatus.SUCCEEDED;
              case "failed", "canceled" -> RefundStatus.FAILED;
              default -> throw unknownStatus(refund);
            })
        .setOccurredAt(at)
        .build();
  }

  private DisputeUpdated disputed(JsonFields dispute, DisputeStatus status, Instant at) {
    String paymentId = payment(dispute);
    return DisputeUpdated.newBuilder()
        .setDisputeId(dispute.text("id"))
        .setPaymentId(paymentId)
        .setAccountId(account(dispute, paymentId))
        .setAmountNanos(StripeAmounts.nanos(dispute, "amount"))
        .setStatus(status)
        .setOccurredAt(at)
        .build();
  }

  private static DisputeStatus openStatus(JsonFields dispute) {
    return dispute.text("status").startsWith("warning_")
        ? DisputeStatus.INQUIRY
        : DisputeStatus.OPEN;
  }

  private static DisputeStatus closedStatus(JsonFields dispute) {
    return switch (dispute.text("status")) {
      case "won" -> DisputeStatus.WON;
      case "lost" -> DisputeStatus.LOST;
      case "warning_closed" -> DisputeStatus.INQUIRY;
      default -> throw unknownStatus(dispute);
    };
  }

  private VerificationUpdated verification(
      JsonFields session, VerificationStatus status, Instant at) {
    String id = session.text("id");
    return VerificationUpdated.newBuilder()
        .setAccountId(account(session, null))
        .setStatus(status)
        .setOccurredAt(at)
        .setReason("Stripe verification session " + id)
        .build();
  }

  private String account(JsonFields object, @Nullable String paymentId) {
    String account = object.optionalObject("metadata").optionalText("account_id");
    if (account == null && paymentId != null) {
      account = accounts.accountOf(paymentId);
    }
    if (account == null) {
      throw new UnknownAccountException(object.text("object"), object.text("id"));
    }
    return account;
  }

  /** Metadata are texts, whatever they mean. */
  private static @Nullable Integer attempt(JsonFields metadata) {
    String attempt = metadata.optionalText("attempt");
    try {
      return attempt == null ? null : Integer.valueOf(attempt);
    } catch (NumberFormatException e) {
      throw new AdapterException(metadata.at("attempt") + " is not a number", e);
    }
  }

  /** The payment that a refund or dispute is of: its id, or the object itself if it is expanded. */
  private static String payment(JsonFields object) {
    JsonNode intent = object.object().path("payment_intent");
    return intent.isObject()
        ? object.object("payment_intent").text("id")
        : object.text("payment_intent");
  }

  /** Known only if the charge is expanded. */
  private static @Nullable String cardOfCharge(JsonFields intent) {
    return intent.object().path("latest_charge").isObject()
        ? card(intent.object("latest_charge").optionalObject("payment_method_details"))
        : null;
  }

  private static @Nullable String card(JsonFields method) {
    return method.optionalObject("card").optionalText("fingerprint");
  }

  private static AdapterException unknownStatus(JsonFields object) {
    return new AdapterException(object.at("status") + " is not one that this release knows");
  }
}
