package io.tollgate.sandbox.demo;

import io.tollgate.events.UsageEvent;
import io.tollgate.producers.EventProducer;
import io.tollgate.producers.ProducerSettings;
import io.tollgate.sandbox.demo.workload.AccountEvents;
import io.tollgate.sandbox.demo.workload.AccountPlan;
import io.tollgate.sandbox.demo.workload.Form;
import io.tollgate.sandbox.demo.workload.Request;
import io.tollgate.sandbox.demo.workload.Verification;
import io.tollgate.sandbox.demo.workload.Workload;
import io.tollgate.schemas.serde.EventCodec;
import io.tollgate.schemas.topics.TopicCatalogue;
import io.tollgate.streams.config.TollgateConfig;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/**
 * Sends a workload in its own rhythm, through the producers that gateways and services use; what
 * those refuse to send goes through a plain one.
 */
final class WorkloadSender implements AutoCloseable {

  private static final byte[] FOREIGN_KEY = "somebody-else".getBytes(StandardCharsets.UTF_8);

  private static final Duration LONGEST_NAP = Duration.ofMillis(200);

  private final Clock clock;
  private final String usageTopic;
  private final EventProducer events;
  private final KafkaProducer<byte[], byte[]> plain;
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();
  private volatile boolean stopped;

  WorkloadSender(TollgateConfig config, Clock clock) {
    this.clock = clock;
    this.usageTopic = config.topicNames().full(TopicCatalogue.USAGE_EVENTS);
    this.events = new EventProducer(ProducerSettings.of(config.bootstrapServers()));
    this.plain = new KafkaProducer<>(config.producer());
  }

  /** Sends these and waits until they are delivered. */
  void sendNow(List<? extends SpecificRecord> records) {
    records.forEach(this::send);
    flush();
  }

  /** Opens the accounts and waits until that is delivered. */
  void open(List<AccountPlan> accounts) {
    Instant now = clock.instant();
    accounts.stream()
        .flatMap(account -> AccountEvents.opening(account, now).stream())
        .forEach(this::send);
    flush();
  }

  /** Sets the accounts' recharges up and waits until that is delivered. */
  void configureRecharges(List<AccountPlan> accounts) {
    Instant now = clock.instant();
    accounts.stream()
        .flatMap(account -> AccountEvents.recharge(account, now).stream())
        .forEach(this::send);
    flush();
  }

  /**
   * Sends all requests, their times stretched or pressed to this span, and waits until they are
   * delivered. Ends early if it is stopped.
   */
  void send(Workload workload, Duration span) throws InterruptedException {
    List<Request> requests = workload.requests();
    long last = requests.get(requests.size() - 1).atNanos();
    double scale = last == 0 ? 0 : (double) span.toNanos() / last;
    long start = System.nanoTime();
    for (Request request : requests) {
      await(start + (long) (request.atNanos() * scale));
      if (stopped) {
        return;
      }
      if (request.number() == requests.size() / 2) {
        verifyMidway(workload.accounts());
      }
      send(request);
      sent.incrementAndGet();
    }
    flush();
  }

  /** How many requests were handed to the producers so far. */
  long sent() {
    return sent.get();
  }

  /** Ends {@link #send} soon. */
  void stop() {
    stopped = true;
  }

  /** In short naps, so that a pause of the trace does not keep it from stopping. */
  private void await(long due) throws InterruptedException {
    for (long left = due - System.nanoTime();
        left > 0 && !stopped;
        left = due - System.nanoTime()) {
      TimeUnit.NANOSECONDS.sleep(Math.min(left, LONGEST_NAP.toNanos()));
    }
  }

  private void verifyMidway(List<AccountPlan> accounts) {
    Instant now = clock.instant();
    for (AccountPlan account : accounts) {
      if (account.verification() == Verification.MIDWAY) {
        send(AccountEvents.verified(account.accountId(), now));
      }
    }
  }

  private void send(Request request) {
    UsageEvent event = UsageEvents.of(request, clock.instant());
    if (request.form() == Form.TRUNCATED) {
      byte[] bytes = EventCodec.encode(event);
      sendPlain(key(request), Arrays.copyOf(bytes, bytes.length / 2));
    } else if (request.form() == Form.MISKEYED) {
      sendPlain(FOREIGN_KEY, EventCodec.encode(event));
    } else if (request.form() == Form.NEGATIVE) {
      sendPlain(key(request), EventCodec.encode(event));
    } else {
      send(event);
    }
  }

  private static byte[] key(Request request) {
    return request.accountId().getBytes(StandardCharsets.UTF_8);
  }

  private void send(SpecificRecord event) {
    events.send(event);
  }

  private void sendPlain(byte[] key, byte[] value) {
    var unused =
        plain.send(
            new ProducerRecord<>(usageTopic, key, value),
            (metadata, failure) -> {
              if (failure != null) {
                failures.incrementAndGet();
              }
            });
  }

  private void flush() {
    events.flush();
    plain.flush();
    long failed = events.failureCount() + failures.get();
    if (failed > 0) {
      throw new KafkaException(failed + " records were not delivered to the embedded broker");
    }
  }

  @Override
  public void close() {
    try {
      plain.close();
    } finally {
      events.close();
    }
  }
}
