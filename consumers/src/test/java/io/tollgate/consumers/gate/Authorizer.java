package io.tollgate.consumers.gate;

import io.tollgate.consumers.TestKafka;
import io.tollgate.events.AuthorizationDecided;
import io.tollgate.events.AuthorizationOutcome;
import io.tollgate.events.AuthorizationReleased;
import io.tollgate.events.AuthorizationRequested;
import io.tollgate.events.BlockReason;
import io.tollgate.schemas.serde.EventDeserializer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Answers requests for leases as the pipeline does: with what is left of an account's credit. */
final class Authorizer {

  private final TestKafka kafka;
  private final String prefix;
  private final Map<String, Long> available = new ConcurrentHashMap<>();
  private final BlockingQueue<AuthorizationReleased> releases = new LinkedBlockingQueue<>();
  private final Thread thread;
  private volatile boolean stopped;

  Authorizer(TestKafka kafka, String prefix) {
    this.kafka = kafka;
    this.prefix = prefix;
    this.thread = new Thread(this::run, "authorizer");
    thread.start();
  }

  void credit(String accountId, long nanos) {
    available.put(accountId, nanos);
  }

  long available(String accountId) {
    return available.getOrDefault(accountId, 0L);
  }

  AuthorizationReleased takeRelease() throws InterruptedException {
    return releases.take();
  }

  private void run() {
    String topic = prefix + "authorization-requests";
    try (KafkaConsumer<String, SpecificRecord> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new StringDeserializer(),
            EventDeserializer.any())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (!stopped) {
        for (ConsumerRecord<String, SpecificRecord> record :
            consumer.poll(Duration.ofMillis(100))) {
          answer(record);
        }
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private void answer(ConsumerRecord<String, SpecificRecord> record) throws Exception {
    if (record.value() instanceof AuthorizationReleased released) {
      releases.add(released);
    } else if (record.value() instanceof AuthorizationRequested request) {
      long asked = request.getAmountNanos() == null ? 0 : request.getAmountNanos();
      long held = Math.min(asked, available(request.getAccountId()));
      available.merge(request.getAccountId(), -held, Long::sum);
      AuthorizationDecided.Builder decided =
          AuthorizationDecided.newBuilder()
              .setAuthorizationId(request.getAuthorizationId())
              .setAccountId(request.getAccountId())
              .setOutcome(held > 0 ? AuthorizationOutcome.ALLOWED : AuthorizationOutcome.DENIED)
              .setHeldNanos(held)
              .setFinalGrant(held < asked)
              .setDecidedAt(Instant.ofEpochMilli(record.timestamp()));
      if (held > 0) {
        decided.setExpiresAt(Instant.ofEpochMilli(record.timestamp() + request.getTtlMillis()));
      } else {
        decided.setReason(BlockReason.INSUFFICIENT_CREDIT).setRemedy("Buy credit.");
      }
      kafka.send(prefix + "authorization-decisions", request.getAccountId(), decided.build());
    }
  }

  void stop() throws InterruptedException {
    stopped = true;
    thread.join();
  }
}
