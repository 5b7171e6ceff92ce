package io.tollgate.producers.adapters;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/**
 * Stripe's webhooks as payment and account events.
 *
 * <pre>{@code
 * StripeWebhooks stripe = StripeWebhooks.live(endpointSecret, payments::accountOf);
 * stripe.read(body, header).ifPresent(event -> tollgate.send(event).join());
 * }</pre>
 *
 * <p>Webhooks come twice and in any order; the events keep Stripe's ids, so each moves money once.
 * Answer with 200 only after the event is acknowledged: until then Stripe sends it again.
 */
public final class StripeWebhooks {

  /** What Stripe's own libraries tolerate. */
  private static final Duration TOLERANCE = Duration.ofMinutes(5);

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final StripeSignature signature;
  private final StripeEvents events;
  private final boolean live;

  private StripeWebhooks(StripeSignature signature, StripeEvents events, boolean live) {
    this.signature = signature;
    this.events = events;
    this.live = live;
  }

  /**
   * Reads webhooks of live mode; those of test mode, which Stripe sends to some live endpoints too,
   * become nothing: their money does not exist.
   *
   * @param endpointSecret the signing secret of the endpoint, {@code whsec_…}
   * @param accounts whose payment one was that refunds and disputes name
   */
  public static StripeWebhooks live(String endpointSecret, AccountLookup accounts) {
    return of(endpointSecret, accounts, true, Clock.systemUTC());
  }

  /** Reads webhooks of test mode; those of live mode become nothing. */
  public static StripeWebhooks test(String endpointSecret, AccountLookup accounts) {
    return of(endpointSecret, accounts, false, Clock.systemUTC());
  }

  static StripeWebhooks of(
      String endpointSecret, AccountLookup accounts, boolean live, InstantSource clock) {
    if (endpointSecret.isBlank()) {
      throw new IllegalArgumentException("the endpoint's secret must not be empty");
    }
    return new StripeWebhooks(
        new StripeSignature(endpointSecret, TOLERANCE, clock), new StripeEvents(accounts), live);
  }

  /**
   * The event that a webhook becomes.
   *
   * @param body bytes of the request, as they came
   * @param signatureHeader the request's header {@code Stripe-Signature}
   * @return empty for webhooks that change nothing here, and for those of the other mode
   * @throws StripeSignatureException if it is not signed with the secret, or not within five
   *     minutes of now; nothing of it was read
   * @throws UnknownAccountException if nobody knows whose it is
   * @throws AdapterException if a field is missing or has another shape
   */
  public Optional<SpecificRecord> read(byte[] body, String signatureHeader) {
    signature.verify(body, signatureHeader);
    JsonFields webhook = JsonFields.of(parse(body));
    if (webhook.flag("livemode") != live) {
      return Optional.empty();
    }
    return events.of(webhook);
  }

  private static JsonNode parse(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      throw new AdapterException("the body is not JSON", e);
    }
  }
}
