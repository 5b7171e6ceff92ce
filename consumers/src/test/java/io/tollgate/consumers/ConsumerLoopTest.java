package io.tollgate.consumers;

import static io.tollgate.consumers.LoopFixture.P0;
import static io.tollgate.consumers.LoopFixture.P1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.events.BalanceAlert;
import io.tollgate.events.UsageBlocked;
import io.tollgate.schemas.serde.EventCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;

class ConsumerLoopTest {

  private final MockProducer<byte[], byte[]> letters = LoopFixture.producer();
  private final LoopFixture fixture = new LoopFixture(letters);
  private final List<String> handled = new ArrayList<>();

  @Test
  void shouldHandleInOrderAndCommit() {
    handle(alert -> handled.add(alert.getAlertId()));
    alerts(P0, "acme", "a1", "a2", "a3");

    fixture.run();

    assertThat(handled).containsExactly("a1", "a2", "a3");
    assertThat(fixture.committed(P0)).hasValue(3);
    assertThat(fixture.counters.handled.sum()).isEqualTo(3);
  }

  @Test
  void shouldCommitNothingThatIsNotHandledYet() {
    handle(alert -> handled.add(alert.getAlertId()));
    alerts(P0, "acme", "a1", "a2");

    fixture.loop.pass();
    assertThat(fixture.committed(P0)).isEmpty();
    fixture.tasks.runOne();
    assertThat(fixture.committed(P0)).isEmpty();
    fixture.loop.pass();

    assertThat(handled).containsExactly("a1");
    assertThat(fixture.committed(P0)).hasValue(1);
  }

  @Test
  void shouldTryAgainAfterADelayAndHoldBackThatPartitionOnly() {
    handle(
        alert -> {
          handled.add(alert.getAlertId());
          if (handled.equals(List.of("a1"))) {
            throw new IllegalStateException("mail server is away");
          }
        });
    alerts(P0, "acme", "a1", "a2");
    fixture.run();
    alerts(P1, "bond", "b1");

    fixture.run();
    assertThat(handled).containsExactly("a1", "b1");
    assertThat(fixture.committed(P0)).isEmpty();
    assertThat(fixture.committed(P1)).hasValue(1);

    fixture.tasks.advance(499);
    fixture.run();
    assertThat(handled).as("a delay is a half of 1,000 ms at least").hasSize(2);

    fixture.tasks.advance(501);
    fixture.run();
    assertThat(handled).containsExactly("a1", "b1", "a1", "a2");
    assertThat(fixture.committed(P0)).hasValue(2);
    assertThat(fixture.counters.retried.sum()).isEqualTo(1);
    assertThat(letters.history()).isEmpty();
  }

  @Test
  void shouldLoseNothingAndKeepOrderWhenEveryThirdCallFails() {
    int[] calls = {0};
    Map<String, List<String>> byAccount = new TreeMap<>();
    handle(
        alert -> {
          if (++calls[0] % 3 == 0) {
            throw new IllegalStateException("the third");
          }
          byAccount
              .computeIfAbsent(alert.getAccountId(), account -> new ArrayList<>())
              .add(alert.getAlertId());
        });
    Map<String, List<String>> sent = new TreeMap<>();
    for (int i = 0; i < 300; i++) {
      String account = "account-" + i % 7;
      alerts(i % 7 < 4 ? P0 : P1, account, "a" + i);
      sent.computeIfAbsent(account, key -> new ArrayList<>()).add("a" + i);
    }

    for (int round = 0; round < 300 && fixture.counters.handled.sum() < 300; round++) {
      fixture.run();
      fixture.tasks.advance(10_000);
    }

    assertThat(byAccount).isEqualTo(sent);
    assertThat(fixture.counters.retried.sum()).isGreaterThan(100);
    assertThat(letters.history()).isEmpty();
  }

  @Test
  void shouldMakeADeadLetterOfWhatFailsEveryTimeAndGoOn() {
    handle(
        alert -> {
          handled.add(alert.getAlertId());
          if (alert.getAlertId().equals("a1")) {
            throw new IllegalStateException("token=abc is refused");
          }
        });
    alerts(P0, "acme", "a1", "a2");

    for (int i = 0; i < LoopFixture.RETRIES.attempts(); i++) {
      fixture.run();
      fixture.tasks.advance(10_000);
    }

    assertThat(handled).containsExactly("a1", "a1", "a1", "a2");
    assertThat(fixture.committed(P0)).hasValue(2);
    assertThat(letters.history()).hasSize(1);
    ProducerRecord<byte[], byte[]> letter = letters.history().get(0);
    assertThat(letter.topic()).isEqualTo("letters");
    assertThat(letter.key()).isEqualTo("acme".getBytes(UTF_8));
    assertThat(EventCodec.decode(letter.value())).isEqualTo(Events.alert("acme", "a1"));
    assertThat(headers(letter))
        .containsEntry(DeadLetterHeaders.SOURCE_TOPIC, "tollgate.balance-alerts")
        .containsEntry(DeadLetterHeaders.SOURCE_PARTITION, "0")
        .containsEntry(DeadLetterHeaders.SOURCE_OFFSET, "0")
        .containsEntry(DeadLetterHeaders.GROUP, "billing")
        .containsEntry(DeadLetterHeaders.ATTEMPTS, "3")
        .containsEntry(DeadLetterHeaders.ERROR_CLASS, "java.lang.IllegalStateException")
        .containsEntry(DeadLetterHeaders.ERROR_MESSAGE, "token=*** is refused")
        .containsKey(DeadLetterHeaders.SOURCE_TIMESTAMP);
    assertThat(fixture.counters.deadLettered.sum()).isEqualTo(1);
  }

  @Test
  void shouldMakeADeadLetterAtOnceOfWhatCannotBeRead() {
    handle(alert -> handled.add(alert.getAlertId()));
    byte[] garbage = {1, 2, 3};
    fixture.add(P0, "acme", garbage);
    fixture.add(P0, "acme", (byte[]) null);
    fixture.add(P0, "acme", Events.blocked("acme", "u1"));
    alerts(P0, "acme", "a1");

    fixture.run();

    assertThat(handled).containsExactly("a1");
    assertThat(fixture.committed(P0)).hasValue(4);
    assertThat(letters.history()).hasSize(3);
    assertThat(letters.history().get(0).value()).isEqualTo(garbage);
    assertThat(letters.history().get(1).value()).isNull();
    assertThat(letters.history().stream().map(ConsumerLoopTest::headers))
        .allSatisfy(headers -> assertThat(headers).containsEntry(DeadLetterHeaders.ATTEMPTS, "0"))
        .extracting(headers -> headers.get(DeadLetterHeaders.ERROR_CLASS))
        .containsExactly(
            "io.tollgate.schemas.serde.NotSingleObjectException",
            "org.apache.kafka.common.errors.SerializationException",
            "io.tollgate.schemas.serde.UnexpectedTypeException");
  }

  @Test
  void shouldNotPassOverARecordAsLongAsNobodyTakesItsDeadLetter() {
    handle(alert -> handled.add(alert.getAlertId()));
    fixture.add(P0, "acme", new byte[0]);
    alerts(P0, "acme", "a1");
    letters.sendException = new TimeoutException("no leader");

    fixture.run();
    fixture.tasks.advance(10_000);
    fixture.run();
    assertThat(handled).isEmpty();
    assertThat(fixture.committed(P0)).isEmpty();

    letters.sendException = null;
    fixture.tasks.advance(10_000);
    fixture.run();
    assertThat(letters.history()).hasSize(1);
    assertThat(handled).containsExactly("a1");
    assertThat(fixture.committed(P0)).hasValue(2);
  }

  @Test
  void shouldStopWhenADeadLetterIsRefusedForGood() {
    handle(alert -> {});
    fixture.add(P0, "acme", new byte[0]);
    letters.sendException = new RecordTooLargeException("too large");

    fixture.loop.pass();
    fixture.tasks.runAll();

    assertThatThrownBy(fixture.loop::pass)
        .isInstanceOf(ConsumerException.class)
        .hasMessageContaining(
            "tollgate.balance-alerts-0@0 cannot be handled, "
                + "and the dead-letter topic letters refuses it: too large");
    assertThat(fixture.committed(P0)).isEmpty();
  }

  @Test
  void shouldStopOnAnErrorWithoutCommittingItsRecord() {
    handle(
        alert -> {
          if (alert.getAlertId().equals("a2")) {
            throw new AssertionError("a bug");
          }
        });
    alerts(P0, "acme", "a1", "a2", "a3");

    fixture.loop.pass();
    fixture.tasks.runAll();

    assertThatThrownBy(fixture.loop::pass)
        .isInstanceOf(ConsumerException.class)
        .hasRootCauseMessage("a bug");
    assertThat(fixture.committed(P0)).hasValue(1);
  }

  @Test
  void shouldPassOverTypesThatHaveNoHandler() {
    fixture.handlers.add(UsageBlocked.class, block -> {});
    handle(alert -> handled.add(alert.getAlertId()));
    alerts(P0, "acme", "a1");

    fixture.run();

    assertThat(fixture.counters.handled.sum()).isEqualTo(1);
  }

  @Test
  void shouldFetchNoMoreOfAPartitionWithManyRecordsWaiting() {
    handle(alert -> {});
    for (int i = 0; i < ConsumerLoop.MAX_WAITING; i++) {
      alerts(P0, "acme", "a" + i);
    }
    alerts(P1, "bond", "b");

    fixture.loop.pass();
    assertThat(fixture.consumer.paused()).containsExactly(P0);

    fixture.tasks.runAll();
    fixture.loop.pass();
    assertThat(fixture.consumer.paused()).isEmpty();
  }

  @Test
  void shouldCommitWhatIsHandledBeforeAPartitionIsGivenAway() {
    handle(alert -> handled.add(alert.getAlertId()));
    alerts(P0, "acme", "a1", "a2");
    fixture.loop.pass();
    fixture.tasks.runOne();

    fixture.rebalance(P1);

    fixture.run();
    assertThat(handled).as("a2 belongs to somebody else now").containsExactly("a1");
    fixture.rebalance(P0);
    assertThat(fixture.committed(P0)).hasValue(1);
  }

  @Test
  void shouldNotCommitForAPartitionThatIsLost() {
    handle(alert -> handled.add(alert.getAlertId()));
    alerts(P0, "acme", "a1", "a2");
    fixture.loop.pass();
    fixture.tasks.runOne();

    fixture.loop.onPartitionsLost(List.of(P0));
    fixture.tasks.runAll();
    fixture.loop.pass();

    assertThat(handled).containsExactly("a1");
    assertThat(fixture.committed(P0)).isEmpty();
  }

  @Test
  void shouldTakeUpNothingNewWhenDrained() {
    handle(alert -> handled.add(alert.getAlertId()));
    alerts(P0, "acme", "a1", "a2");
    fixture.loop.pass();
    fixture.tasks.runOne();

    fixture.loop.drain();
    fixture.tasks.runAll();

    assertThat(handled).containsExactly("a1");
    assertThat(fixture.committed(P0)).hasValue(1);
    fixture.loop.onPartitionsRevoked(List.of(P0, P1));
  }

  @Test
  void shouldNotCountAFailureWhileItStops() {
    handle(
        alert -> {
          fixture.loop.onPartitionsLost(List.of(P0));
          throw new IllegalStateException("interrupted by the end");
        });
    alerts(P0, "acme", "a1");

    fixture.loop.pass();
    fixture.tasks.runAll();

    assertThat(fixture.counters.retried.sum()).isZero();
    assertThat(letters.history()).isEmpty();
  }

  @Test
  void shouldTellItsFigures() {
    handle(
        alert -> {
          fixture.tasks.advance(70);
          fixture.loop.pass();
          handled.add(fixture.loop.figures().longestCall().toString());
        });
    alerts(P0, "acme", "a1", "a2");
    alerts(P1, "bond", "b1");

    fixture.loop.pass();
    assertThat(fixture.loop.figures()).isEqualTo(new ConsumerLoop.Figures(2, 3, Duration.ZERO));
    fixture.tasks.runOne();
    assertThat(handled).containsExactly("PT0.07S");
    fixture.run();
    assertThat(fixture.loop.figures()).isEqualTo(new ConsumerLoop.Figures(2, 0, Duration.ZERO));
  }

  private void handle(EventHandler<BalanceAlert> handler) {
    fixture.handlers.add(BalanceAlert.class, handler);
    fixture.assign(P0, P1);
  }

  private void alerts(TopicPartition partition, String account, String... ids) {
    for (String id : ids) {
      fixture.add(partition, account, Events.alert(account, id));
    }
  }

  private static Map<String, String> headers(ProducerRecord<byte[], byte[]> letter) {
    Map<String, String> headers = new TreeMap<>();
    for (Header header : letter.headers()) {
      headers.put(header.key(), new String(header.value(), UTF_8));
    }
    return headers;
  }
}
