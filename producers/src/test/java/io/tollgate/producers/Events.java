package io.tollgate.producers;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tollgate.events.AccountSuspended;
import io.tollgate.events.ModelAccessPolicy;
import io.tollgate.events.ModelPrices;
import io.tollgate.events.PaymentSucceeded;
import io.tollgate.events.UsageEvent;
import io.tollgate.schemas.TrustedTypes;
import io.tollgate.schemas.json.JsonRecords;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Small valid events, and producers of them that reach no broker. */
final class Events {

  static {
    TrustedTypes.trust();
  }

  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private Events() {}

  /** A broker that answers when it is told to. */
  static MockProducer<String, byte[]> kafka() {
    return new MockProducer<>(false, null, new StringSerializer(), new ByteArraySerializer());
  }

  static EventProducer producer(MockProducer<String, byte[]> kafka, ProducerSettings settings) {
    return new EventProducer(kafka, settings, "test");
  }

  /** A valid event of this type with a value in every field. */
  static SpecificRecord sample(Schema type) throws IOException {
    Path json = Path.of("../schemas/src/test/resources/golden", type.getName(), "v1.json");
    return JsonRecords.fromJson(new ObjectMapper().readTree(json.toFile()), type);
  }

  static UsageEvent usage(String accountId, String eventId) {
    return UsageEvent.newBuilder()
        .setEventId(eventId)
        .setAccountId(accountId)
        .setOccurredAt(START)
        .setModel("gpt-5")
        .setInputTokens(1_000)
        .build();
  }

  static PaymentSucceeded payment(String accountId) {
    return PaymentSucceeded.newBuilder()
        .setPaymentId("pay-1")
        .setAccountId(accountId)
        .setAmountNanos(5_000_000_000L)
        .setOccurredAt(START)
        .build();
  }

  static AccountSuspended suspension(String accountId) {
    return AccountSuspended.newBuilder().setAccountId(accountId).setOccurredAt(START).build();
  }

  static ModelPrices prices(String model) {
    return ModelPrices.newBuilder().setModel(model).setPublishedAt(START).setVersion(1).build();
  }

  static ModelAccessPolicy policy(String model) {
    return ModelAccessPolicy.newBuilder().setModel(model).setVersion(1).build();
  }
}
