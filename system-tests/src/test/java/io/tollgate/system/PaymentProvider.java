package io.tollgate.system;

import io.tollgate.consumers.recharge.CardCharger;
import io.tollgate.consumers.recharge.Charge;
import io.tollgate.consumers.recharge.ChargeResult;
import io.tollgate.producers.EventProducer;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * A payment provider with the manners of real ones: it charges once for each idempotency key, times
 * out once in ten calls (half of those after it took the money), declines one in ten, and tells by
 * webhook what it did: of one in ten a second time, late, and out of order, of half of these only
 * so.
 *
 * <p>What it does for a key depends on the key alone, so that a run can be told from another.
 */
final class PaymentProvider implements CardCharger, AutoCloseable {

  /** A card that every bank declines. */
  static final String BAD_CARD = "card-bad";

  /** Codes by class, as the workload's file of declines has them. */
  static final List<String> DECLINES =
      List.of("try_again", "try_later", "bank_holds", "expired", "stolen", "nobody_knows");

  private static final long LATEST_WEBHOOK_MILLIS = 12_000;

  private final Map<String, String> cards;
  private final EventProducer webhooks;
  private final Map<String, ChargeResult> byKey = new ConcurrentHashMap<>();
  private final Map<String, Long> amounts = new ConcurrentHashMap<>();
  private final Set<String> misused = ConcurrentHashMap.newKeySet();
  private final Map<String, Boolean> called = new ConcurrentHashMap<>();
  private final Map<String, List<String>> charged = new ConcurrentHashMap<>();
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

  /**
   * A provider that has charged nothing.
   *
   * @param cards fingerprint of each account's card
   * @param webhooks where webhooks are published
   */
  PaymentProvider(Map<String, String> cards, EventProducer webhooks) {
    this.cards = cards;
    this.webhooks = webhooks;
  }

  @Override
  public ChargeResult charge(Charge charge) throws IOException {
    int fate = new Random(charge.idempotencyKey().hashCode()).nextInt(100);
    boolean first = called.putIfAbsent(charge.idempotencyKey(), true) == null;
    if (first && fate < 5) {
      throw new IOException("timed out before anything was charged");
    }
    ChargeResult result = byKey.computeIfAbsent(charge.idempotencyKey(), key -> decide(charge));
    Long amount = amounts.putIfAbsent(charge.idempotencyKey(), charge.amountMinor());
    if (amount != null && amount != charge.amountMinor()) {
      misused.add(charge.idempotencyKey());
    }
    if (first && fate < 20) {
      tellLater(charge, result, fate);
    }
    if (first && fate < 10) {
      throw new IOException("timed out after the decision");
    }
    return first && fate < 15 ? new ChargeResult.Unknown() : result;
  }

  private ChargeResult decide(Charge charge) {
    Random random = new Random(31L * charge.idempotencyKey().hashCode() + 7);
    String card = cards.get(charge.accountId());
    String payment = "pay-" + charge.idempotencyKey();
    if (BAD_CARD.equals(card) || random.nextInt(10) == 0) {
      String code =
          BAD_CARD.equals(card) ? "try_again" : DECLINES.get(random.nextInt(DECLINES.size()));
      return new ChargeResult.Declined(payment, Instant.now(), code, null, null, card);
    }
    charged
        .computeIfAbsent(charge.rechargeId(), id -> new ArrayList<>())
        .add(charge.amountMinor() + " cents, " + charge.idempotencyKey());
    return new ChargeResult.Succeeded(payment, Instant.now(), card);
  }

  private void tellLater(Charge charge, ChargeResult result, int fate) {
    var unused =
        timer.schedule(
            () -> tell(webhook(charge, result)),
            LATEST_WEBHOOK_MILLIS * (fate % 5) / 4,
            TimeUnit.MILLISECONDS);
  }

  private void tell(SpecificRecord webhook) {
    var unused = webhooks.send(webhook);
  }

  private static SpecificRecord webhook(Charge charge, ChargeResult result) {
    return result instanceof ChargeResult.Declined declined
        ? charge.event(declined)
        : charge.event((ChargeResult.Succeeded) result);
  }

  @Override
  public Optional<ChargeResult> find(Charge charge) {
    return Optional.ofNullable(byKey.get(charge.idempotencyKey()));
  }

  /** What it decided for a key; null: nothing yet. */
  @Nullable ChargeResult result(String idempotencyKey) {
    return byKey.get(idempotencyKey);
  }

  /** Keys that came again with another amount. */
  Set<String> misused() {
    return misused;
  }

  /** Each charge that took money, by recharge. */
  Map<String, List<String>> charged() {
    return charged;
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
