package io.tollgate.consumers.recharge;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A provider that keeps its idempotency keys, and counts how often it takes money. */
final class Cards implements CardCharger {

  final AtomicInteger charges = new AtomicInteger();
  private final Map<String, ChargeResult> byKey = new ConcurrentHashMap<>();
  private final Map<String, ChargeResult> byRecharge = new ConcurrentHashMap<>();

  @Override
  public ChargeResult charge(Charge charge) {
    return byKey.computeIfAbsent(
        charge.idempotencyKey(),
        key -> {
          ChargeResult result =
              new ChargeResult.Succeeded(
                  "pay-" + charges.incrementAndGet(), Instant.EPOCH, "card-1");
          byRecharge.put(charge.rechargeId() + "#" + charge.attempt(), result);
          return result;
        });
  }

  @Override
  public Optional<ChargeResult> find(Charge charge) {
    return Optional.ofNullable(byRecharge.get(charge.rechargeId() + "#" + charge.attempt()));
  }

  void forgetKeys() {
    byKey.clear();
  }
}
