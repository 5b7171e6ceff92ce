package io.tollgate.consumers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.events.BalanceAlert;
import io.tollgate.schemas.serde.EventCodec;
import io.tollgate.schemas.topics.TopicCatalogue;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class EventConsumerKafkaTest {

  private static final int PARTITIONS = 3;
  private static final RetryPolicy QUICK =
      new RetryPolicy(3, Duration.ofMillis(1), Duration.ofMillis(10));

  private static TestKafka kafka;
  private static final AtomicInteger INSTALLATIONS = new AtomicInteger();

  private final BlockingQueue<String> handled = new LinkedBlockingQueue<>();
  private String prefix = "";

  @BeforeAll
  static void startBroker() {
    kafka = new TestKafka();
  }

  @AfterAll
  static void stopBroker() {
    kafka.close();
  }

  @BeforeEach
  void createTopics() throws Exception {
    prefix = "t%d.".formatted(INSTALLATIONS.incrementAndGet());
    kafka.createTopics(prefix, PARTITIONS, TopicCatalogue.BALANCE_ALERTS);
  }

  @Test
  void shouldLoseNothingAndKeepOrderPerAccountWhenEveryThirdCallFails() throws Exception {
    Map<String, List<String>> sent = new TreeMap<>();
    for (int i = 0; i < 600; i++) {
      String account = "account-" + i % 20;
      sent.computeIfAbsent(account, key -> new ArrayList<>()).add("a" + i);
      kafka.send(topic(), account, Events.alert(account, "a" + i));
    }
    Map<String, List<String>> received = new TreeMap<>();
    AtomicInteger calls = new AtomicInteger();
    CountDownLatch all = new CountDownLatch(600);

    try (EventConsumer consumer =
        EventConsumer.of(settings().withThreads(PARTITIONS).withRetries(QUICK.withAttempts(100)))
            .on(
                BalanceAlert.class,
                alert -> {
                  if (calls.incrementAndGet() % 3 == 0) {
                    throw new IllegalStateException("the third");
                  }
                  synchronized (received) {
                    received
                        .computeIfAbsent(alert.getAccountId(), account -> new ArrayList<>())
                        .add(alert.getAlertId());
                  }
                  all.countDown();
                })
            .start()) {
      all.await();
      assertThat(consumer.metrics().retried()).isGreaterThanOrEqualTo(299);
      assertThat(consumer.metrics().partitions()).isEqualTo(PARTITIONS);
    }

    assertThat(received).isEqualTo(sent);
    assertThat(kafka.read(deadLetters(), 0)).isEmpty();
    assertThat(kafka.lag(group(), topic())).isZero();
  }

  @Test
  void shouldNeverSeeAbortedTransactions() throws Exception {
    kafka.sendInTransaction(topic(), "acme", Events.alert("acme", "aborted"), false);
    kafka.sendInTransaction(topic(), "acme", Events.alert("acme", "committed"), true);

    try (EventConsumer consumer = start(settings())) {
      assertThat(handled.take()).isEqualTo("committed");
      assertThat(consumer.metrics().deadLettered()).isZero();
    }

    assertThat(handled).isEmpty();
    assertThat(kafka.lag(group(), topic())).as("marks of transactions are no lag").isZero();
  }

  @Test
  void shouldHandleAgainWhatWasHandledButNotCommitted() throws Exception {
    kafka.send(topic(), "acme", Events.alert("acme", "a1"));
    kafka.send(topic(), "acme", Events.alert("acme", "a2"));
    kafka.send(topic(), "acme", Events.alert("acme", "a3"));
    // The handler's work is done when it dies, as if the process had.
    EventConsumer dying =
        EventConsumer.of(settings())
            .on(
                BalanceAlert.class,
                alert -> {
                  handled.add(alert.getAlertId());
                  if (alert.getAlertId().equals("a2")) {
                    throw new OutOfMemoryError("simulated");
                  }
                })
            .start();
    assertThatThrownBy(dying::awaitTermination)
        .isInstanceOf(ConsumerException.class)
        .hasMessageContaining("The consumer of group " + group() + " stopped")
        .hasRootCauseMessage("simulated");
    dying.close();

    try (EventConsumer next = start(settings())) {
      assertThat(take(4)).containsExactly("a1", "a2", "a2", "a3");
      assertThat(next.metrics().retried()).isZero();
    }
  }

  @Test
  void shouldTellOnCloseThatItHadFailed() throws Exception {
    kafka.send(topic(), "acme", Events.alert("acme", "a1"));
    CountDownLatch called = new CountDownLatch(1);
    EventConsumer dying =
        EventConsumer.of(settings())
            .on(
                BalanceAlert.class,
                alert -> {
                  called.countDown();
                  throw new AssertionError("a bug");
                })
            .start();
    called.await();

    assertThatThrownBy(dying::close).hasRootCauseMessage("a bug");
    dying.close();
  }

  @Test
  void shouldWriteDeadLettersAndGoOn() throws Exception {
    byte[] poison = "no event".getBytes(UTF_8);
    kafka.send(topic(), "acme", poison);
    kafka.send(topic(), "acme", Events.alert("acme", "a1"));
    kafka.send(topic(), "acme", Events.alert("acme", "a2"));

    try (EventConsumer consumer =
        EventConsumer.of(settings().withRetries(QUICK))
            .on(
                BalanceAlert.class,
                alert -> {
                  if (alert.getAlertId().equals("a1")) {
                    throw new IllegalArgumentException("no address");
                  }
                  handled.add(alert.getAlertId());
                })
            .start()) {
      assertThat(handled.take()).isEqualTo("a2");
      assertThat(consumer.metrics().deadLettered()).isEqualTo(2);
    }

    List<ConsumerRecord<byte[], byte[]>> letters = kafka.read(deadLetters(), 2);
    assertThat(letters).hasSize(2);
    assertThat(letters.get(0).value()).isEqualTo(poison);
    assertThat(header(letters.get(0), DeadLetterHeaders.ERROR_CLASS))
        .isEqualTo("io.tollgate.schemas.serde.NotSingleObjectException");
    assertThat(EventCodec.decode(letters.get(1).value())).isEqualTo(Events.alert("acme", "a1"));
    assertThat(header(letters.get(1), DeadLetterHeaders.SOURCE_TOPIC)).isEqualTo(topic());
    assertThat(header(letters.get(1), DeadLetterHeaders.SOURCE_OFFSET)).isEqualTo("1");
    assertThat(header(letters.get(1), DeadLetterHeaders.ATTEMPTS)).isEqualTo("3");
    assertThat(header(letters.get(1), DeadLetterHeaders.ERROR_MESSAGE)).isEqualTo("no address");
    assertThat(kafka.lag(group(), topic())).isZero();
  }

  @Test
  void shouldFinishTheHandlerInFlightCommitAndLeaveWhenClosed() throws Exception {
    kafka.send(topic(), "acme", Events.alert("acme", "a1"));
    kafka.send(topic(), "acme", Events.alert("acme", "a2"));
    CountDownLatch entered = new CountDownLatch(1);
    AtomicReference<Thread> closing = new AtomicReference<>();
    EventConsumer consumer =
        EventConsumer.of(settings())
            .on(
                BalanceAlert.class,
                alert -> {
                  entered.countDown();
                  // Goes on only when somebody waits for the consumer to close.
                  awaitBlocked(closing);
                  handled.add(alert.getAlertId());
                })
            .start();
    entered.await();
    Thread closer = new Thread(consumer::close);
    closer.start();
    closing.set(closer);
    closer.join();

    assertThat(handled).contains("a1");
    assertThat(kafka.lag(group(), topic())).isEqualTo(2 - handled.size());
    assertThat(kafka.members(group())).isEmpty();
    consumer.awaitTermination();
  }

  @Test
  void shouldInterruptAHandlerThatDoesNotEndAndHaveItsEventAgain() throws Exception {
    kafka.send(topic(), "acme", Events.alert("acme", "a1"));
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    EventConsumer hanging =
        EventConsumer.of(settings().withDrainTimeout(Duration.ofMillis(50)))
            .on(
                BalanceAlert.class,
                alert -> {
                  entered.countDown();
                  try {
                    new CountDownLatch(1).await();
                  } catch (InterruptedException e) {
                    interrupted.countDown();
                    throw e;
                  }
                })
            .start();
    entered.await();
    hanging.close();
    interrupted.await();

    try (EventConsumer next = start(settings())) {
      assertThat(handled.take()).isEqualTo("a1");
      assertThat(next.metrics().deadLettered()).isZero();
    }
  }

  @Test
  void shouldHandEachEventOverOnceWhileConsumersComeAndGo() throws Exception {
    CountDownLatch half = new CountDownLatch(150);
    CountDownLatch all = new CountDownLatch(300);
    EventHandler<BalanceAlert> handler =
        alert -> {
          handled.add(alert.getAlertId());
          half.countDown();
          all.countDown();
        };
    List<String> sent = new ArrayList<>();
    EventConsumer first = EventConsumer.of(settings()).on(BalanceAlert.class, handler).start();
    EventConsumer second = EventConsumer.of(settings()).on(BalanceAlert.class, handler).start();
    for (int i = 0; i < 150; i++) {
      sent.add("a" + i);
      kafka.send(topic(), "account-" + i % 20, Events.alert("account-" + i % 20, "a" + i));
    }
    half.await();
    first.close();
    for (int i = 150; i < 300; i++) {
      sent.add("a" + i);
      kafka.send(topic(), "account-" + i % 20, Events.alert("account-" + i % 20, "a" + i));
    }
    all.await();
    second.close();

    assertThat(handled).containsExactlyInAnyOrderElementsOf(sent);
    assertThat(kafka.lag(group(), topic())).isZero();
  }

  @Test
  void shouldSayWhichTopicIsMissing() {
    assertThatThrownBy(() -> start(settings().withTopicPrefix("missing.")))
        .isInstanceOf(ConsumerException.class)
        .hasMessage(
            "Topic missing.balance-alerts does not exist: check the topic prefix, "
                + "or create the topics of the installation");
  }

  @Test
  void shouldRefuseToStartWithoutHandlers() {
    assertThatIllegalStateException()
        .isThrownBy(() -> EventConsumer.of(settings()).start())
        .withMessage("A consumer without handlers has nothing to do");
  }

  @Test
  void shouldPrintAlertsAsTheReadmeSays() throws Exception {
    kafka.createTopics("tollgate.", PARTITIONS, TopicCatalogue.BALANCE_ALERTS);
    kafka.send("tollgate.balance-alerts", "acme", Events.alert("acme", "a1"));
    PrintStream standardOutput = System.out;
    System.setOut(
        new PrintStream(standardOutput, true, UTF_8) {
          @Override
          public void println(String line) {
            handled.add(line);
          }
        });
    try {
      FutureTask<Void> program =
          new FutureTask<>(
              () -> {
                PrintAlerts.run(kafka.bootstrapServers());
                return null;
              });
      Thread running = new Thread(program);
      running.start();
      assertThat(handled.take()).isEqualTo("Less than 5 USD are left");
      running.interrupt();
      assertThatThrownBy(program::get).hasCauseInstanceOf(InterruptedException.class);
    } finally {
      System.setOut(standardOutput);
    }
    assertThat(kafka.members("alert-printer")).isEmpty();
  }

  private EventConsumer start(ConsumerSettings settings) {
    return EventConsumer.of(settings)
        .on(BalanceAlert.class, alert -> handled.add(alert.getAlertId()))
        .start();
  }

  private ConsumerSettings settings() {
    return ConsumerSettings.of(kafka.bootstrapServers(), group()).withTopicPrefix(prefix);
  }

  private String group() {
    return prefix + "billing";
  }

  private String topic() {
    return prefix + "balance-alerts";
  }

  private String deadLetters() {
    return group() + ".dead-letters";
  }

  private List<String> take(int count) throws InterruptedException {
    List<String> taken = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      taken.add(handled.take());
    }
    return taken;
  }

  private static void awaitBlocked(AtomicReference<Thread> thread) {
    while (thread.get() == null || thread.get().getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }
}
