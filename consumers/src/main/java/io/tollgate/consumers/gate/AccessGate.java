package io.tollgate.consumers.gate;

import io.tollgate.domain.event.Quantities;
import io.tollgate.producers.EventProducer;
import io.tollgate.producers.TollgateProducers;
import io.tollgate.producers.UsageProducer;
import io.tollgate.schemas.TrustedTypes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides inside a gateway whether a call may go ahead, and reserves credit for it.
 *
 * <p>It follows {@code account-access}, {@code access-policies} and {@code price-book}, and takes
 * leases for the accounts that have calls: credit that the pipeline holds, which calls then take
 * from without asking. The order of the rules is the pipeline's: suspended, verification, price,
 * spend limit, credit. An account without a record is unverified and without credit.
 *
 * <ul>
 *   <li>{@link #check} only looks: in microseconds, without waiting or allocating.
 *   <li>{@link #open} also reserves the call's estimate. The first call of an account finds no
 *       lease and waits for one, for {@link GateSettings#patience} at most.
 *   <li>A lease is renewed when half of it, or of its time, is used. It serves no more within
 *       {@link GateSettings#leaseMargin} of its end. It is released, with the number of reports of
 *       its calls that Kafka has acknowledged, when it is over and its calls have ended, and on
 *       close.
 *   <li>When Kafka is away, calls go on until their account's lease is used up or over; then {@link
 *       GateSettings#allowanceNanos} says how much each account may use.
 * </ul>
 *
 * <p>Usage that is reported is charged whatever was decided here, so an estimate that is too low
 * costs the platform nothing but the bound: with estimates that hold, an account does not get below
 * zero by calls that took from leases.
 */
public final class AccessGate implements AutoCloseable {

  static {
    TrustedTypes.trust();
  }

  private static final Logger LOG = LoggerFactory.getLogger(AccessGate.class);

  private static final Duration START_TIMEOUT = Duration.ofMinutes(5);

  private final GateSettings settings;
  private final UsageProducer usage;
  private final EventProducer requests;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Access access = new Access();
  private final LeaseBook leases;
  private final CallDecider decider;
  private final UsageReports reports;
  private final GateLoop loop;
  private final CountDownLatch ready = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile @Nullable Throwable failure;
  private volatile boolean closing;

  private AccessGate(GateSettings settings, TollgateProducers producers) {
    this.settings = settings;
    this.usage = producers.usage(settings.kafka().group());
    this.requests = producers.events();
    this.consumer = new KafkaConsumer<>(settings.kafka().consumerProperties());
    this.leases = new LeaseBook(settings, this::send, consumer::wakeup);
    this.decider = new CallDecider(settings, access, leases, System::currentTimeMillis);
    this.reports = new UsageReports(usage);
    this.loop = new GateLoop(consumer, settings, access, leases, System::currentTimeMillis);
  }

  /**
   * Starts a gate, and returns when it knows all accounts and models.
   *
   * @param producers where usage and requests for leases go
   * @throws GateException if it did not learn them within five minutes, or Kafka refused
   * @throws KafkaException if Kafka's client refuses a property
   */
  public static AccessGate start(GateSettings settings, TollgateProducers producers) {
    AccessGate gate = new AccessGate(settings, producers);
    new Thread(gate::run, "tollgate-gate-" + settings.kafka().group()).start();
    boolean done = false;
    try {
      boolean inTime = gate.ready.await(START_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
      gate.requireRunning();
      if (!inTime) {
        throw new GateException("Accounts and models could not be read in " + START_TIMEOUT, null);
      }
      done = true;
      return gate;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new GateException("Interrupted while it read accounts and models", e);
    } finally {
      if (!done) {
        gate.close();
      }
    }
  }

  /**
   * Whether a call would be allowed now. Reserves nothing; a lease is taken in the background if
   * there is none.
   *
   * @param estimateNanos what the call may cost at most, see {@link #price}
   * @throws GateException if the gate has stopped
   */
  public AccessDecision check(
      String accountId, String model, List<String> capabilities, long estimateNanos) {
    requireRunning();
    return decider.check(accountId, model, capabilities, estimateNanos);
  }

  /**
   * Decides about a call, and reserves its estimate if it is allowed.
   *
   * @throws GateException if the gate has stopped
   * @throws ArithmeticException if the estimate's cost exceeds what can be counted
   * @throws InterruptedException if interrupted while it waits for a lease
   */
  public GatewayCall open(ModelCall call) throws InterruptedException {
    requireRunning();
    return new GatewayCall(call, decider.reserve(call), decider, reports);
  }

  /**
   * What a call may cost at most, in nano-units of the account's currency.
   *
   * @throws IllegalArgumentException if the model, or a meter of the estimate, has no price
   * @throws ArithmeticException if the cost exceeds what can be counted
   */
  public long price(String model, String serviceTier, Quantities estimate) {
    return decider.price(model, serviceTier, estimate);
  }

  /** What the gate holds. */
  public GateMetrics metrics() {
    return new GateMetrics(
        access.accounts().size(), leases.size(), loop.unreadable(), reports.failed());
  }

  /**
   * Ends the gate: allows no more calls, waits for those that are under way, releases the leases
   * with what was settled. Calls that take longer than the drain timeout keep their lease until it
   * ends by itself. Does nothing if it is closed already.
   */
  @Override
  public void close() {
    closing = true;
    loop.wakeUp();
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  // Deliberately broad: a request that cannot be sent is sent again, whatever was wrong.
  private void send(SpecificRecord request) {
    try {
      var unused =
          requests
              .send(request)
              .whenComplete(
                  (coordinates, e) -> {
                    if (e != null) {
                      LOG.warn("A request for a lease was not delivered: {}", e.toString());
                    }
                  });
    } catch (RuntimeException e) {
      LOG.warn("A request for a lease cannot be sent now: {}", e.toString());
    }
  }

  private void requireRunning() {
    Throwable cause = failure;
    if (cause != null) {
      throw new GateException("The gate has stopped: " + cause.getMessage(), cause);
    }
    if (closing) {
      throw new GateException("The gate is closed", null);
    }
  }

  // Deliberately broad: whatever ends the thread is told to every call from then on.
  private void run() {
    try (usage;
        requests;
        consumer) {
      loop.assign();
      while (!closing) {
        loop.pass();
        if (ready.getCount() > 0 && loop.isCaughtUp()) {
          ready.countDown();
        }
      }
      releaseAll();
    } catch (Throwable e) {
      LOG.error("The gate has stopped", e);
      failure = e;
    } finally {
      ready.countDown();
      ended.countDown();
    }
  }

  private void releaseAll() {
    usage.flush();
    leases.retireAll();
    long end = System.nanoTime() + settings.kafka().drainTimeout().toNanos();
    do {
      loop.pass();
      leases.sweep(System.currentTimeMillis());
    } while (leases.hasRetiring() && System.nanoTime() < end);
  }
}
