package io.tollgate.simulator.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who a record is, whether it was there before, and how long it is remembered (§3). */
final class Identities {
  private static final long USAGE_MEMORY = 35 * Times.DAY;
  private static final long AUTHORIZATION_MEMORY = Times.DAY;
  private static final long FUTURE = Times.HOUR;

  private static final Set<String> OWN_TIMES =
      Set.of("occurredAt", "openedAt", "requestedAt", "verifiedAt", "releasedAt");

  private Identities() {}

  /**
   * Whether the record is a duplicate; a conflicting one is rejected, as is one outside its window.
   */
  static boolean isDuplicate(Account account, Input input, JsonNode event) {
    checkWindow(input, event);
    String identity = identity(input.type(), event);
    Account.Remembered known = identity == null ? null : account.remembered.get(identity);
    if (known == null || isForgotten(account, input, event, known)) {
      return false;
    }
    if (!known.content().equals(content(event))) {
      throw new Rejection("CONFLICTING_DUPLICATE", "the same id with other content");
    }
    return true;
  }

  private static boolean isForgotten(
      Account account, Input input, JsonNode event, Account.Remembered known) {
    return input.time() > known.until() && !isOfKnownAuthorization(account, input, event);
  }

  /** Whether it is a request or release of an authorization that is not forgotten. */
  private static boolean isOfKnownAuthorization(Account account, Input input, JsonNode event) {
    Account.Authorization authorization =
        account.authorizations.get(Fields.text(event, "authorizationId"));
    return input.topic().equals("authorization-requests")
        && authorization != null
        && !isForgotten(authorization, input.time());
  }

  /** Takes the release that came before its request: it is remembered with the request now. */
  static @Nullable JsonNode takeEarlyRelease(Account account, JsonNode request, long time) {
    String identity = String.valueOf(identity("AuthorizationReleased", request));
    Account.Remembered release = account.remembered.remove(identity);
    if (release == null || time > release.until()) {
      return null;
    }
    account.remembered.put(identity, new Account.Remembered(release.content(), Long.MIN_VALUE));
    return release.content();
  }

  static boolean isForgotten(Account.Authorization authorization, long time) {
    return !authorization.open && time > authorization.rememberedFrom + AUTHORIZATION_MEMORY;
  }

  private static void checkWindow(Input input, JsonNode event) {
    if (input.type().equals("UsageEvent")) {
      checkWindow(Fields.time(event, "occurredAt"), input.time(), USAGE_MEMORY);
    } else if (input.type().equals("AuthorizationRequested")) {
      checkWindow(Fields.time(event, "requestedAt"), input.time(), AUTHORIZATION_MEMORY);
    }
  }

  private static void checkWindow(long own, long recordTime, long memory) {
    if (own < recordTime - memory) {
      throw new Rejection("TOO_LATE", "older than what is remembered");
    }
    if (own > recordTime + FUTURE) {
      throw new Rejection("IN_THE_FUTURE", "more than an hour ahead");
    }
  }

  static void remember(Account account, Input input, JsonNode event) {
    String identity = identity(input.type(), event);
    if (identity != null) {
      account.remembered.put(
          identity, new Account.Remembered(content(event), rememberedUntil(account, input, event)));
    }
  }

  private static long rememberedUntil(Account account, Input input, JsonNode event) {
    if (isOfKnownAuthorization(account, input, event)) {
      return Long.MIN_VALUE; // as long as the authorization
    }
    return switch (input.type()) {
      case "UsageEvent" -> Math.max(input.time(), Fields.time(event, "occurredAt")) + USAGE_MEMORY;
      case "AuthorizationReleased" ->
          Math.max(input.time(), Math.min(Fields.time(event, "releasedAt"), input.time() + FUTURE))
              + AUTHORIZATION_MEMORY;
      default -> Long.MAX_VALUE;
    };
  }

  /** Frees the identity of a record that is refused in the end. */
  static void forget(Account account, String type, JsonNode event) {
    account.remembered.remove(identity(type, event));
  }

  /** Whether a status of this refund or dispute was taken for another payment. */
  static boolean isOfAnotherPayment(Account account, String type, JsonNode event) {
    String own = identity(type, event);
    String anyStatus = own == null ? "" : own.substring(0, own.lastIndexOf('\n') + 1);
    return account.remembered.entrySet().stream()
        .filter(known -> known.getKey().startsWith(anyStatus))
        .anyMatch(
            known -> !known.getValue().content().path("paymentId").equals(event.path("paymentId")));
  }

  private static @Nullable String identity(String type, JsonNode event) {
    List<String> parts =
        switch (type) {
          case "UsageEvent" -> List.of("eventId");
          case "AuthorizationRequested", "AuthorizationReleased" -> List.of("authorizationId");
          case "PaymentSucceeded" -> List.of("paymentId");
          case "PaymentFailed" -> List.of("paymentId", "attempt");
          case "PaymentRefunded" -> List.of("refundId", "status");
          case "DisputeUpdated" -> List.of("disputeId", "status");
          case "CreditGranted", "CreditVoided" -> List.of("grantId");
          case "RefundRequested" -> List.of("refundRequestId");
          case "PhoneVerified" -> List.of("phoneHash");
          default -> List.of();
        };
    if (parts.isEmpty()) {
      return null;
    }
    StringBuilder identity = new StringBuilder(type);
    parts.forEach(part -> identity.append('\n').append(event.path(part).asText()));
    return identity.toString();
  }

  private static JsonNode content(JsonNode event) {
    ObjectNode content = event.deepCopy();
    return content.without(OWN_TIMES);
  }

  /**
   * Whether a setting is at least as new as the last one on its timeline; if so it becomes the
   * last.
   */
  static boolean isLatest(Account account, String timeline, long occurredAt) {
    Long latest = account.latestSetting.get(timeline);
    if (latest != null && occurredAt < latest) {
      return false;
    }
    account.latestSetting.put(timeline, occurredAt);
    return true;
  }
}
