package io.tollgate.producers.adapters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tollgate.events.DisputeStatus;
import io.tollgate.events.DisputeUpdated;
import io.tollgate.events.PaymentFailed;
import io.tollgate.events.PaymentRefunded;
import io.tollgate.events.PaymentSucceeded;
import io.tollgate.events.RefundStatus;
import io.tollgate.events.VerificationStatus;
import io.tollgate.events.VerificationUpdated;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StripeWebhooksTest {

  private static final String SECRET = "whsec_test";
  private static final Instant CREATED = Instant.ofEpochSecond(1_767_225_605);
  private static final Instant NOW = CREATED.plusSeconds(10);

  private final StripeWebhooks stripe =
      StripeWebhooks.of(SECRET, Map.of("pi_1", "globex")::get, true, () -> NOW);

  @Test
  void shouldCreditWhatWasReceived() {
    assertThat(read(webhook("payment_intent.succeeded")))
        .contains(
            PaymentSucceeded.newBuilder()
                .setPaymentId("pi_1")
                .setAccountId("acme")
                .setAmountNanos(25_000_000_000L)
                .setCurrency("USD")
                .setOccurredAt(CREATED)
                .setRechargeId("acme:3")
                .setAttempt(2)
                .build());
  }

  @Test
  void shouldTellTheCardOfAnExpandedCharge() {
    ObjectNode webhook = webhook("payment_intent.succeeded");
    object(webhook)
        .putObject("latest_charge")
        .putObject("payment_method_details")
        .putObject("card")
        .put("fingerprint", "Xt5EWLLDS7FJjR1c");

    assertThat(read(webhook))
        .get()
        .extracting(event -> ((PaymentSucceeded) event).getCardFingerprint())
        .isEqualTo("Xt5EWLLDS7FJjR1c");
  }

  @Test
  void shouldTellWhyACardWasDeclined() {
    assertThat(read(webhook("payment_intent.payment_failed")))
        .contains(
            PaymentFailed.newBuilder()
                .setPaymentId("pi_2")
                .setAccountId("acme")
                .setAmountNanos(25_000_000_000L)
                .setCurrency("USD")
                .setOccurredAt(CREATED)
                .setRechargeId("acme:3")
                .setAttempt(1)
                .setDeclineCode("insufficient_funds")
                .setAdviceCode("try_again_later")
                .setNetworkAdviceCode("24")
                .setCardFingerprint("Xt5EWLLDS7FJjR1c")
                .build());
  }

  @Test
  void shouldTakeTheErrorsCodeWhereThereIsNoDeclineCode() {
    ObjectNode webhook = webhook("payment_intent.payment_failed");
    ObjectNode error = (ObjectNode) object(webhook).get("last_payment_error");
    error.remove("decline_code");
    error.put("code", "expired_card");

    assertThat(read(webhook))
        .get()
        .extracting(event -> ((PaymentFailed) event).getDeclineCode())
        .isEqualTo("expired_card");
  }

  @ParameterizedTest
  @CsvSource({
    "refund.created,pending,PENDING",
    "refund.created,requires_action,PENDING",
    "refund.updated,succeeded,SUCCEEDED",
    "refund.failed,failed,FAILED",
    "refund.updated,canceled,FAILED"
  })
  void shouldTellTheStatusOfARefundOfTheAccountThatPaid(
      String type, String status, RefundStatus expected) {
    ObjectNode webhook = webhook("refund.updated").put("type", type);
    object(webhook).put("status", status);

    assertThat(read(webhook))
        .contains(
            PaymentRefunded.newBuilder()
                .setRefundId("re_1")
                .setPaymentId("pi_1")
                .setAccountId("globex")
                .setAmountNanos(10_000_000_000L)
                .setStatus(expected)
                .setOccurredAt(CREATED)
                .build());
  }

  @ParameterizedTest
  @CsvSource({
    "charge.dispute.created,warning_needs_response,INQUIRY",
    "charge.dispute.created,needs_response,OPEN",
    "charge.dispute.updated,warning_under_review,INQUIRY",
    "charge.dispute.updated,under_review,OPEN",
    "charge.dispute.closed,won,WON",
    "charge.dispute.closed,lost,LOST",
    "charge.dispute.closed,warning_closed,INQUIRY"
  })
  void shouldTellTheStatusOfADispute(String type, String status, DisputeStatus expected) {
    ObjectNode webhook = webhook("charge.dispute.closed").put("type", type);
    object(webhook).put("status", status).putObject("payment_intent").put("id", "pi_1");

    assertThat(read(webhook))
        .contains(
            DisputeUpdated.newBuilder()
                .setDisputeId("du_1")
                .setPaymentId("pi_1")
                .setAccountId("globex")
                .setAmountNanos(25_000_000_000L)
                .setStatus(expected)
                .setOccurredAt(CREATED)
                .build());
  }

  @ParameterizedTest
  @CsvSource({"verified,VERIFIED", "requires_input,FAILED", "canceled,UNVERIFIED"})
  void shouldTellHowAVerificationWent(String what, VerificationStatus expected) {
    ObjectNode webhook =
        webhook("identity.verification_session.verified")
            .put("type", "identity.verification_session." + what);

    assertThat(read(webhook))
        .contains(
            VerificationUpdated.newBuilder()
                .setAccountId("acme")
                .setStatus(expected)
                .setOccurredAt(CREATED)
                .setReason("Stripe verification session vs_1")
                .build());
  }

  @ParameterizedTest
  @ValueSource(strings = {"charge.refunded", "charge.succeeded", "customer.created"})
  void shouldMakeNothingOfOtherWebhooks(String type) {
    assertThat(read(webhook("payment_intent.succeeded").put("type", type))).isEmpty();
  }

  @Test
  void shouldMakeNothingOfTheOtherMode() {
    ObjectNode webhook = webhook("payment_intent.succeeded").put("livemode", false);

    assertThat(read(webhook)).isEmpty();
    StripeWebhooks test = StripeWebhooks.of(SECRET, id -> null, false, () -> NOW);
    assertThat(test.read(bytes(webhook), header(webhook, NOW))).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "usd,2500,25000000000",
    "eur,1,10000000",
    "jpy,500,500000000000",
    "mga,5,5000000000",
    "kwd,5120,5120000000",
    "isk,500,5000000000"
  })
  void shouldReadAmountsInTheMinorUnitOfTheirCurrency(String currency, long amount, long nanos) {
    ObjectNode webhook = webhook("payment_intent.succeeded");
    object(webhook).put("currency", currency).put("amount_received", amount);

    assertThat(read(webhook))
        .get()
        .extracting(event -> ((PaymentSucceeded) event).getAmountNanos())
        .isEqualTo(nanos);
  }

  @ParameterizedTest
  @CsvSource({
    "usd,25.00,data.object",
    "usd,9223372036854775807,64 bits",
    "jpy,-1,whole number",
    "ugx,500,UGX"
  })
  void shouldRefuseAmountsThatAreNotExact(String currency, String amount, String fault) {
    String body =
        webhook("payment_intent.succeeded")
            .toString()
            .replace("\"amount_received\":2500", "\"amount_received\":" + amount)
            .replace("usd", currency);

    assertThatExceptionOfType(AdapterException.class)
        .isThrownBy(() -> stripe.read(body.getBytes(UTF_8), header(body, NOW, SECRET)))
        .withMessageContaining(fault);
  }

  @Test
  void shouldAskForTheAccountOfAPaymentThatIsNotKnown() {
    ObjectNode refund = webhook("refund.updated");
    object(refund).put("payment_intent", "pi_9");
    ObjectNode session = webhook("identity.verification_session.verified");
    object(session).remove("metadata");

    assertThatExceptionOfType(UnknownAccountException.class)
        .isThrownBy(() -> read(refund))
        .withMessageContaining("refund re_1");
    assertThatExceptionOfType(UnknownAccountException.class)
        .isThrownBy(() -> read(session))
        .withMessageContaining("vs_1");
  }

  @Test
  void shouldRefuseAStatusThatItDoesNotKnow() {
    ObjectNode refund = webhook("refund.updated");
    object(refund).put("status", "halfway");
    ObjectNode dispute = webhook("charge.dispute.closed");
    object(dispute).put("status", "settled");

    assertThatExceptionOfType(AdapterException.class)
        .isThrownBy(() -> read(refund))
        .withMessageContaining("data.object.status");
    assertThatExceptionOfType(AdapterException.class)
        .isThrownBy(() -> read(dispute))
        .withMessageContaining("data.object.status");
  }

  @Test
  void shouldRefuseAnAttemptThatIsNoNumber() {
    ObjectNode webhook = webhook("payment_intent.succeeded");
    ((ObjectNode) object(webhook).get("metadata")).put("attempt", "two");

    assertThatExceptionOfType(AdapterException.class)
        .isThrownBy(() -> read(webhook))
        .withMessage("data.object.metadata.attempt is not a number");
  }

  @Test
  void shouldVerifyASignatureThatWasMadeElsewhere() {
    // printf '%s' '1767225605.{"a":1}' | openssl dgst -sha256 -hmac whsec_test
    byte[] body = "{\"a\":1}".getBytes(UTF_8);
    String header =
        "t=1767225605,v1=d522ee80fec09c77d9c9a702eafd228f1990ce60403ff386313c7c162c055fab";

    // Genuine, so it is read, and found to be no webhook.
    assertThatExceptionOfType(AdapterException.class)
        .isThrownBy(() -> stripe.read(body, header))
        .withMessage("livemode is missing");
  }

  @Test
  void shouldReadNothingThatIsNotSigned() {
    ObjectNode webhook = webhook("payment_intent.succeeded");
    String signed = header(webhook, NOW);
    ObjectNode tampered = webhook.deepCopy();
    object(tampered).put("amount_received", 250_000);

    assertForged(tampered, signed, "no signature");
    assertForged(webhook, header(webhook.toString(), NOW, "whsec_other"), "no signature");
    assertForged(webhook, signed.replace("v1=", "v0="), "no time or no signature");
    assertForged(webhook, signed.replaceFirst("t=\\d+,", ""), "no time or no signature");
    assertForged(webhook, "", "no time or no signature");
    assertForged(webhook, signed.replaceFirst("t=\\d+", "t=1767225616"), "no signature");
    assertForged(webhook, signed.substring(0, signed.length() - 1), "no signature");
  }

  @Test
  void shouldReadNoneOfWhatIsSignedAtAnotherTime() {
    ObjectNode webhook = webhook("payment_intent.succeeded");

    assertThat(stripe.read(bytes(webhook), header(webhook, NOW.minusSeconds(300)))).isPresent();
    assertForged(webhook, header(webhook, NOW.minusSeconds(301)), "signed PT5M1S from now");
    assertForged(webhook, header(webhook, NOW.plusSeconds(301)), "signed PT5M1S from now");
  }

  @Test
  void shouldTakeOneGenuineSignatureOfSeveral() {
    ObjectNode webhook = webhook("payment_intent.succeeded");
    String old = header(webhook.toString(), NOW, "whsec_old");
    String header = old + "," + header(webhook, NOW).replaceFirst("t=\\d+,", "") + ",v0=abc,x";

    assertThat(stripe.read(bytes(webhook), header)).isPresent();
  }

  @Test
  void shouldTellNothingOfTheSecretAndThePayload() {
    ObjectNode webhook = webhook("payment_intent.succeeded");

    assertThatExceptionOfType(StripeSignatureException.class)
        .isThrownBy(() -> stripe.read(bytes(webhook), "t=1,v1=ab"))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain(SECRET, "acme"));
    assertThatIllegalArgumentException().isThrownBy(() -> StripeWebhooks.live(" ", id -> null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{\"livemode\":true} x", "{\"livemode\":1}"})
  void shouldRefuseWhatIsSignedAndNoWebhook(String body) {
    assertThatExceptionOfType(AdapterException.class)
        .isThrownBy(() -> stripe.read(body.getBytes(UTF_8), header(body, NOW, SECRET)))
        .isNotInstanceOf(StripeSignatureException.class);
  }

  private void assertForged(ObjectNode webhook, String header, String fault) {
    assertThatExceptionOfType(StripeSignatureException.class)
        .isThrownBy(() -> stripe.read(bytes(webhook), header))
        .withMessageContaining(fault);
  }

  private Optional<SpecificRecord> read(ObjectNode webhook) {
    return stripe.read(bytes(webhook), header(webhook, NOW));
  }

  private static ObjectNode webhook(String type) {
    return Fixtures.read("stripe/" + type + ".json");
  }

  private static ObjectNode object(ObjectNode webhook) {
    return (ObjectNode) webhook.at("/data/object");
  }

  private static byte[] bytes(ObjectNode webhook) {
    return webhook.toString().getBytes(UTF_8);
  }

  private static String header(ObjectNode webhook, Instant at) {
    return header(webhook.toString(), at, SECRET);
  }

  private static String header(String body, Instant at, String secret) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
      byte[] hash = mac.doFinal((at.getEpochSecond() + "." + body).getBytes(UTF_8));
      return "t=%d,v1=%s".formatted(at.getEpochSecond(), HexFormat.of().formatHex(hash));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
