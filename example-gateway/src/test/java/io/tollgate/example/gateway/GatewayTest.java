package io.tollgate.example.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tollgate.consumers.gate.AccessGate;
import io.tollgate.consumers.gate.GateSettings;
import io.tollgate.events.AccessRequirement;
import io.tollgate.events.Completion;
import io.tollgate.events.EntryType;
import io.tollgate.events.LedgerEntry;
import io.tollgate.events.ModelAccessPolicy;
import io.tollgate.events.ModelPrices;
import io.tollgate.events.PaymentSucceeded;
import io.tollgate.events.PriceRow;
import io.tollgate.events.UsageEvent;
import io.tollgate.events.UsageSource;
import io.tollgate.producers.TollgateProducers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls over HTTP, charged by the pipeline on a broker. Each test has accounts of its own. */
@Timeout(120)
class GatewayTest {

  private static final long CREDIT = 1_500_000_000;
  private static final long NANOS_PER_TOKEN = 1_000;
  private static final List<String> RICH =
      List.of("whole", "streams", "asks", "leaves", "cut", "overloaded", "gated");

  @TempDir static Path directory;

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static Installation installation;
  private static FakeModelApi model;
  private static AccessGate gate;
  private static Gateway gateway;

  @BeforeAll
  static void start() throws Exception {
    installation = new Installation(directory.resolve("state"));
    for (String name : List.of("gpt-5", "gpt-5-cut", "gpt-5-overloaded", "sora")) {
      installation.send(prices(name));
    }
    installation.send(policy("sora"));
    installation.startPipeline();
    for (String account : RICH) {
      installation.send(payment(account));
    }
    for (String account : RICH) {
      assertThat(installation.entry(account, 1).getType()).isEqualTo(EntryType.PURCHASE);
    }
    gate =
        AccessGate.start(
            GateSettings.of(installation.brokers(), "gateway").withPatience(Duration.ofSeconds(30)),
            TollgateProducers.connect(installation.brokers()));
    model = new FakeModelApi();
    gateway = new Gateway(0, keys(), new MeteredModel(gate, new ModelApi(model.address(), null)));
  }

  @AfterAll
  static void stop() {
    gateway.close();
    model.close();
    gate.close();
    installation.close();
  }

  @Test
  void shouldChargeWhatTheProviderTells() throws Exception {
    HttpResponse<InputStream> answer = ask("whole", request("gpt-5", 5, false));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(json(answer).at("/choices/0/message/content").asText()).isEqualTo("word");
    UsageEvent report = installation.report("whole");
    assertThat(report.getModel()).isEqualTo("gpt-5");
    assertThat(report.getInputTokens()).isEqualTo(10);
    assertThat(report.getOutputTokens()).isEqualTo(5);
    assertThat(report.getCompletion()).isEqualTo(Completion.COMPLETE);
    assertThat(report.getUsageSource()).isEqualTo(UsageSource.PROVIDER);
    assertThat(report.getApiKeyId()).isEqualTo("id-whole");
    LedgerEntry entry = installation.entry("whole", 2);
    assertThat(entry.getAmountNanos()).isEqualTo(-15 * NANOS_PER_TOKEN);
    assertThat(entry.getAuthorizationId()).isEqualTo(report.getAuthorizationId()).isNotNull();
  }

  @Test
  void shouldStreamToTheEnd() throws Exception {
    List<String> events = events(ask("streams", request("gpt-5", 3, true)));

    assertThat(events).hasSize(4).endsWith("data: [DONE]");
    assertThat(Json.parse(events.get(2).substring(5)).at("/choices/0/delta/content").asText())
        .isEqualTo("word");
    UsageEvent report = installation.report("streams");
    assertThat(report.getCapabilities()).containsExactly("streaming");
    assertThat(report.getOutputTokens()).isEqualTo(3);
    assertThat(report.getUsageSource()).isEqualTo(UsageSource.PROVIDER);
    assertThat(report.getCompletion()).isEqualTo(Completion.COMPLETE);
  }

  @Test
  void shouldPassTheUsageOnToWhoAsksForIt() throws Exception {
    String request =
        request("gpt-5", 2, true)
            .replaceFirst("\\{", "{\"stream_options\":{\"include_usage\":true},");

    List<String> events = events(ask("asks", request));

    assertThat(events).hasSize(4);
    assertThat(Json.parse(events.get(2).substring(5)).at("/usage/total_tokens").asInt())
        .isEqualTo(12);
  }

  @Test
  void shouldChargeWhatWasServedWhenTheClientHangsUp() throws Exception {
    // Too much for all buffers on the way, so that the model cannot have ended before.
    HttpResponse<InputStream> answer = ask("leaves", request("gpt-5", 1_000_000, true));
    try (InputStream body = answer.body()) {
      assertThat(new String(body.readNBytes(6), UTF_8)).isEqualTo("data: ");
    }

    UsageEvent report = installation.report("leaves");
    assertThat(report.getCompletion()).isEqualTo(Completion.ABORTED);
    assertThat(report.getUsageSource()).isEqualTo(UsageSource.ESTIMATED);
    assertThat(report.getInputTokens()).isPositive();
    assertThat(report.getOutputTokens()).isBetween(1L, 999_999L);
    assertThat(installation.entry("leaves", 2).getAmountNanos())
        .isEqualTo(-NANOS_PER_TOKEN * (report.getInputTokens() + report.getOutputTokens()));
  }

  @Test
  void shouldChargeWhatWasServedWhenTheProviderBreaksOff() throws Exception {
    List<String> events = events(ask("cut", request("gpt-5-cut", 8, true)));

    assertThat(events).hasSize(4).doesNotContain("data: [DONE]");
    UsageEvent report = installation.report("cut");
    assertThat(report.getCompletion()).isEqualTo(Completion.ABORTED);
    assertThat(report.getUsageSource()).isEqualTo(UsageSource.ESTIMATED);
    assertThat(report.getOutputTokens()).isEqualTo(4);
  }

  @Test
  void shouldGiveBackWhatTheProviderRefuses() throws Exception {
    // Each may cost two thirds of what the account has.
    String request = request("gpt-5-overloaded", 1_000_000, false);
    for (int i = 0; i < 3; i++) {
      HttpResponse<InputStream> answer = ask("overloaded", request);

      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(json(answer).at("/error/code").asText()).isEqualTo("overloaded");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "gated, sora,    403, organization_not_verified, sora needs a verified organisation",
    "gated, unknown, 404, model_not_available,       has no price",
    "poor,  gpt-5,   402, credit_balance_exhausted,  Buy credit",
  })
  void shouldDenyWithARemedy(String account, String name, int status, String code, String remedy)
      throws Exception {
    HttpResponse<InputStream> answer = ask(account, request(name, 1, true));

    assertThat(answer.statusCode()).isEqualTo(status);
    JsonNode error = json(answer).path("error");
    assertThat(error.path("code").asText()).isEqualTo(code);
    assertThat(error.path("message").asText()).contains(remedy);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "no JSON",
        "{\"messages\":[]}",
        "{\"model\":\"gpt-5\",\"messages\":[],\"n\":2}",
        "{\"model\":\"gpt-5\",\"messages\":[],\"max_tokens\":0}",
        "{\"model\":\"gpt-5\",\"messages\":[{\"content\":[{\"type\":\"image_url\"}]}]}",
      })
  void shouldRefuseWhatItCannotBound(String request) throws Exception {
    HttpResponse<InputStream> answer = ask("whole", request);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).at("/error/code").asText()).isEqualTo("invalid_request");
  }

  @Test
  void shouldServeOnlyKeysThatItKnows() throws Exception {
    HttpResponse<InputStream> answer = ask("stranger", request("gpt-5", 1, false));

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(json(answer).at("/error/code").asText()).isEqualTo("invalid_api_key");
  }

  private static String request(String name, long tokens, boolean stream) {
    return """
        {"model":"%s","messages":[{"role":"user","content":"word"}],"max_tokens":%d,"stream":%s}
        """
        .formatted(name, tokens, stream);
  }

  private static HttpResponse<InputStream> ask(String account, String body) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:%d/v1/chat/completions".formatted(gateway.port())))
            .header("Authorization", "Bearer secret-" + account)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofInputStream());
  }

  private static JsonNode json(HttpResponse<InputStream> answer) throws IOException {
    try (InputStream body = answer.body()) {
      return Json.parse(body.readAllBytes());
    }
  }

  private static List<String> events(HttpResponse<InputStream> answer) throws IOException {
    try (BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), UTF_8))) {
      return lines.lines().filter(line -> !line.isEmpty()).collect(Collectors.toList());
    }
  }

  private static ApiKeys keys() throws IOException {
    StringBuilder lines = new StringBuilder("# id account hash\n\n");
    for (String account : RICH) {
      lines.append(line(account));
    }
    return ApiKeys.read(Files.writeString(directory.resolve("keys"), lines.append(line("poor"))));
  }

  private static String line(String account) {
    return "id-%s %s %s%n".formatted(account, account, ApiKeys.hash("secret-" + account));
  }

  private static ModelPrices prices(String name) {
    return ModelPrices.newBuilder()
        .setModel(name)
        .setRows(List.of(row("input"), row("output")))
        .setPublishedAt(Instant.EPOCH)
        .setVersion(1)
        .build();
  }

  private static PriceRow row(String meter) {
    return PriceRow.newBuilder()
        .setMeter(meter)
        .setNanosPerMillion(NANOS_PER_TOKEN * 1_000_000)
        .setEffectiveFrom(Instant.EPOCH)
        .build();
  }

  private static ModelAccessPolicy policy(String name) {
    return ModelAccessPolicy.newBuilder()
        .setModel(name)
        .setRequirements(
            List.of(
                AccessRequirement.newBuilder()
                    .setCapability("*")
                    .setPolicyId("policy")
                    .setAnnouncedAt(Instant.EPOCH)
                    .setEffectiveFrom(Instant.EPOCH)
                    .build()))
        .setVersion(1)
        .build();
  }

  private static PaymentSucceeded payment(String account) {
    return PaymentSucceeded.newBuilder()
        .setPaymentId("payment")
        .setAccountId(account)
        .setAmountNanos(CREDIT)
        .setOccurredAt(Instant.now())
        .build();
  }
}
