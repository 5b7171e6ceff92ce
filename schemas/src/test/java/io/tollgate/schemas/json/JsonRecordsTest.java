package io.tollgate.schemas.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tollgate.events.AuthorizationRequested;
import io.tollgate.events.LedgerEntry;
import io.tollgate.events.ModelPrices;
import io.tollgate.events.PaymentSucceeded;
import io.tollgate.events.RefundRequested;
import io.tollgate.events.RejectedEvent;
import io.tollgate.events.UsageEvent;
import io.tollgate.schemas.EventTypes;
import io.tollgate.schemas.GoldenFiles;
import io.tollgate.schemas.GoldenFiles.Golden;
import java.time.Instant;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class JsonRecordsTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  static Stream<Golden> samples() {
    return GoldenFiles.newest();
  }

  static Stream<Schema> types() {
    return EventTypes.all().stream();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void shouldWriteWhatItRead(Golden sample) {
    SpecificRecord record = JsonRecords.fromJson(sample.json(), sample.schema());

    assertThat(JsonRecords.toJson(record).toPrettyString())
        .isEqualTo(sample.json().toPrettyString());
  }

  @ParameterizedTest
  @MethodSource("types")
  void shouldWriteEveryFieldInTheOrderOfTheSchema(Schema type) {
    JsonNode json = JsonRecords.toJson(JsonRecords.fromJson(MAPPER.createObjectNode(), type));

    assertThat(json.fieldNames())
        .toIterable()
        .containsExactlyElementsOf(type.getFields().stream().map(Schema.Field::name).toList());
  }

  @Test
  void shouldGiveFieldsThatAreLeftOutTheirDefault() {
    assertThat(JsonRecords.toJson(read("{}", AuthorizationRequested.class)))
        .hasToString(
            "{'authorizationId':'','accountId':'','requestedAt':'1970-01-01T00:00:00.000Z',"
                    .replace('\'', '"')
                + ("'purpose':'REQUEST','model':null,'capabilities':[],'serviceTier':'standard',"
                        + "'inputTokens':0,'cachedInputTokens':0,'cacheWriteTokens':0,"
                        + "'outputTokens':0,'otherUnits':{},'amountNanos':null,"
                        + "'ttlMillis':600000,'projectId':null,'apiKeyId':null}")
                    .replace('\'', '"'));
    assertThat(read("{}", PaymentSucceeded.class).getCurrency()).isEqualTo("USD");
    assertThat(read("{}", RefundRequested.class).getBasis()).hasToString("OTHER");
    assertThat(read("{}", LedgerEntry.class).getCause().getTopic()).isEmpty();
  }

  @Test
  void shouldNotShareDefaultsBetweenRecords() {
    read("{}", UsageEvent.class).getOtherUnits().put("images", 1L);
    read("{}", UsageEvent.class).getCapabilities().add("vision");

    assertThat(read("{}", UsageEvent.class).getOtherUnits()).isEmpty();
    assertThat(read("{}", UsageEvent.class).getCapabilities()).isEmpty();
  }

  @Test
  void shouldReadTheExtremesOfNumbers() {
    PaymentSucceeded payment =
        read("{'amountNanos':9223372036854775807,'attempt':-2147483648}", PaymentSucceeded.class);

    assertThat(payment.getAmountNanos()).isEqualTo(Long.MAX_VALUE);
    assertThat(payment.getAttempt()).isEqualTo(Integer.MIN_VALUE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'inputTokens':1.5} | inputTokens: expected a whole number of 64 bits, found 1.5",
        "{'inputTokens':1.0} | inputTokens: expected a whole number of 64 bits, found 1.0",
        "{'inputTokens':9223372036854775808} | inputTokens: expected a whole number of 64 bits",
        "{'inputTokens':'1'} | inputTokens: expected a whole number of 64 bits",
        "{'inputTokens':null} | inputTokens: expected a whole number of 64 bits, found null",
        "{'eventId':1} | eventId: expected a string, found 1",
        "{'eventId':null} | eventId: expected a string, found null",
        "{'projectId':true} | projectId: expected a string, found true",
        "{'capabilities':'a'} | capabilities: expected a list",
        "{'capabilities':['a',2]} | capabilities[1]: expected a string, found 2",
        "{'otherUnits':[]} | otherUnits: expected an object",
        "{'otherUnits':{'images':'3'}} | otherUnits.images: expected a whole number of 64 bits",
        "{'completion':'DONE'} | completion: expected one of COMPLETE, ABORTED, FAILED, found",
        "{'occurredAt':0} | occurredAt: expected a UTC time like 2026-01-01T00:00:00.000Z, found 0",
        "{'occurredAt':'2026-02-30T00:00:00Z'} | occurredAt: expected a UTC time like",
        "{'surprise':1} | surprise: UsageEvent has no such field",
        "[] | expected an object with the fields of UsageEvent, found []",
      })
  void shouldSayWhatIsWrongAndWhere(String json, String message) {
    assertThatThrownBy(() -> read(json, UsageEvent.class))
        .isInstanceOf(JsonRecordException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void shouldNameTheFieldOfANestedRecord() {
    assertThatThrownBy(() -> read("{'rows':[{'meter':'input'},{'meter':5}]}", ModelPrices.class))
        .isInstanceOfSatisfying(
            JsonRecordException.class, e -> assertThat(e.path()).isEqualTo("rows[1].meter"))
        .hasMessage("rows[1].meter: expected a string, found 5");
    assertThatThrownBy(() -> read("{'rows':[{'price':5}]}", ModelPrices.class))
        .hasMessage("rows[0].price: PriceRow has no such field");
  }

  @Test
  void shouldRefuseWhatIsNoBase64AndNoInt() {
    assertThatThrownBy(() -> read("{'sourceValue':'%'}", RejectedEvent.class))
        .hasMessageStartingWith("sourceValue: expected bytes in base64");
    assertThatThrownBy(() -> read("{'sourcePartition':2147483648}", RejectedEvent.class))
        .hasMessageStartingWith("sourcePartition: expected a whole number of 32 bits");
    assertThatThrownBy(() -> read("{'sourceValue':'" + "%".repeat(500) + "'}", RejectedEvent.class))
        .message()
        .hasSizeLessThan(200);
  }

  @Test
  void shouldWriteAnyTimeThatARecordCanHold() {
    UsageEvent event = read("{}", UsageEvent.class);
    event.setOccurredAt(Instant.ofEpochMilli(Long.MAX_VALUE));

    assertThat(JsonRecords.toJson(event).get("occurredAt").textValue())
        .isEqualTo("+292278994-08-17T07:12:55.807Z");
  }

  private static <T extends SpecificRecord> T read(String json, Class<T> type) {
    try {
      return JsonRecords.fromJson(MAPPER.readTree(json.replace('\'', '"')), type);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
