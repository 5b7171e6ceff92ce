package io.tollgate.cli.produce;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.cli.CommandRun;
import io.tollgate.cli.kafka.CommittedRecords;
import io.tollgate.embedded.EmbeddedKafkaMain;
import io.tollgate.events.LedgerEntry;
import io.tollgate.schemas.serde.EventCodec;
import io.tollgate.schemas.topics.TopicCatalogue;
import io.tollgate.streams.app.Pipeline;
import io.tollgate.streams.config.ConfigLoader;
import io.tollgate.streams.config.TollgateConfig;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every line arrives and is charged once, although the broker is killed and started again while
 * they are sent, and some lines are sent twice.
 *
 * <p>{@code -Dtollgate.produce.lines} and {@code -Dtollgate.produce.kills} make it longer.
 */
@Timeout(value = 2, unit = TimeUnit.HOURS)
class ProduceCrashIT {

  private static final int LINES = Integer.getInteger("tollgate.produce.lines", 20_000);
  private static final int KILLS = Integer.getInteger("tollgate.produce.kills", 2);
  private static final int ACCOUNTS = 100;
  private static final int PARTITIONS = 2;
  private static final int AGAIN = 1_000;

  @TempDir Path directory;
  private @Nullable Process broker;
  private String server = "";

  @AfterEach
  void stopBroker() throws InterruptedException {
    kill();
  }

  @Test
  void shouldChargeEveryLineOnceOverKillsOfTheBroker() throws Exception {
    startBroker("0");
    String port = server.substring(server.indexOf(':') + 1);
    assertThat(run("", "topics", "create", "--partitions", "" + PARTITIONS).exitCode()).isZero();
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    assertThat(run(priceAndCredit(now), "produce", "-").exitCode()).isZero();

    PipedInputStream input = new PipedInputStream(64 * 1024);
    CompletableFuture<CommandRun> producing;
    try (PipedOutputStream lines = new PipedOutputStream(input)) {
      producing =
          CompletableFuture.supplyAsync(
              () -> CommandRun.withInput(input, "produce", "-", "-b", server));
      for (int line = 0; line < LINES; line++) {
        lines.write((usage(line, now) + "\n").getBytes(StandardCharsets.UTF_8));
        if ((line + 1) % (LINES / (KILLS + 1)) == 0 && line + 1 < LINES) {
          kill();
          startBroker(port);
        }
      }
    }
    CommandRun sent = producing.get();
    assertThat(sent.exitCode()).as(sent.err()).isZero();
    assertThat(sent.out()).contains("%1$,d sent, %1$,d acknowledged, 0 failed".formatted(LINES));
    StringBuilder again = new StringBuilder();
    for (int line = 0; line < AGAIN; line++) {
      again.append(usage(line, now)).append('\n');
    }
    // The last of each account: once it is decided, all that came before it is.
    for (int line = LINES; line < LINES + ACCOUNTS; line++) {
      again.append(usage(line, now)).append('\n');
    }
    assertThat(run(again.toString(), "produce", "-").exitCode()).isZero();

    assertEachIsChargedOnce();
  }

  private void assertEachIsChargedOnce() throws Exception {
    TollgateConfig config =
        ConfigLoader.load(
            null,
            Map.of(),
            Map.of(
                TollgateConfig.BOOTSTRAP_SERVERS,
                server,
                TollgateConfig.STATE_DIR,
                directory.resolve("state").toString(),
                TollgateConfig.STATE_BACKEND,
                "memory"));
    Map<String, Integer> charges = new HashMap<>();
    try (Pipeline pipeline = new Pipeline(config, PARTITIONS);
        CommittedRecords ledger = CommittedRecords.all(config, TopicCatalogue.LEDGER_ENTRIES)) {
      pipeline.start(() -> true);
      while (charges.size() < LINES + 2 * ACCOUNTS) { // with a purchase and a last line for each
        ledger.awaitMore(
            record -> {
              LedgerEntry entry = (LedgerEntry) EventCodec.decode(record.value());
              charges.merge(entry.getAccountId() + "/" + entry.getCause().getId(), 1, Integer::sum);
            });
      }
    }
    assertThat(charges.values()).containsOnly(1);
    assertThat(run("", "verify").out()).contains("The books hold.");
  }

  private static String priceAndCredit(Instant now) {
    StringBuilder lines = new StringBuilder();
    lines.append(
        json(
            "{'topic':'price-book','value':{'model':'m','rows':[{'meter':'input','serviceTier':"
                + "'standard','minInputTokens':0,'nanosPerMillion':1000000000,"
                + "'effectiveFrom':'2026-01-01T00:00:00.000Z'}],'version':1}}\n"));
    for (int account = 0; account < ACCOUNTS; account++) {
      lines.append(
          json(
              "{'topic':'payment-events','type':'PaymentSucceeded','value':{'paymentId':'p',"
                  + "'accountId':'account-%d','amountNanos':1000000000000000,'occurredAt':'%s'}}\n"
                      .formatted(account, now)));
    }
    return lines.toString();
  }

  private static String usage(int line, Instant now) {
    return json(
        "{'topic':'usage-events','value':{'eventId':'e%d','accountId':'account-%d','model':'m',"
                .formatted(line, line % ACCOUNTS)
            + "'occurredAt':'%s','inputTokens':1000}}".formatted(now));
  }

  private static String json(String text) {
    return text.replace('\'', '"');
  }

  private CommandRun run(String input, String... args) {
    String[] all = Arrays.copyOf(args, args.length + 2);
    all[args.length] = "-b";
    all[args.length + 1] = server;
    return CommandRun.withInput(input, all);
  }

  private void startBroker(String port) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                EmbeddedKafkaMain.class.getName(),
                "--dir",
                directory.resolve("broker").toString(),
                "--port",
                port)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    broker = process;
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String ready = output.readLine();
    assertThat(ready).startsWith("READY ");
    server = ready.substring("READY ".length());
  }

  /** {@code kill -9}. */
  private void kill() throws InterruptedException {
    Process running = broker;
    if (running != null) {
      running.toHandle().destroyForcibly();
      assertThat(running.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
  }
}
