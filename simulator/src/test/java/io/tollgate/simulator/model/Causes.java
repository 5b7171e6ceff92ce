package io.tollgate.simulator.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** The id and the own time of a record (§2, §11). */
final class Causes {
  private static final List<String> OWN_TIMES =
      List.of("occurredAt", "requestedAt", "releasedAt", "openedAt", "verifiedAt");

  private Causes() {}

  /** What names the record in entries and alerts; settings bear the name of their account. */
  static String id(String type, JsonNode event) {
    return Fields.text(
        event,
        switch (type) {
          case "UsageEvent" -> "eventId";
          case "AuthorizationRequested", "AuthorizationReleased" -> "authorizationId";
          case "PaymentSucceeded", "PaymentFailed" -> "paymentId";
          case "PaymentRefunded" -> "refundId";
          case "DisputeUpdated" -> "disputeId";
          case "CreditGranted", "CreditVoided" -> "grantId";
          case "RefundRequested" -> "refundRequestId";
          case "PhoneVerified" -> "phoneHash";
          default -> "accountId";
        });
  }

  static long ownTime(JsonNode event) {
    for (String field : OWN_TIMES) {
      if (event.path(field).isTextual()) {
        return Fields.time(event, field);
      }
    }
    throw new IllegalArgumentException("an event without a time: " + event);
  }
}
