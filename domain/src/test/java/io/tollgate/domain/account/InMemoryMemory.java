package io.tollgate.domain.account;

import io.tollgate.domain.identity.Fingerprint;
import io.tollgate.domain.identity.GrantRecord;
import io.tollgate.domain.identity.Memory;
import io.tollgate.domain.identity.PaymentRecord;
import io.tollgate.domain.identity.Remembered;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The memory of one account's decisions, in maps. */
final class InMemoryMemory implements Memory {

  private final Map<Fingerprint, Remembered.Usage> usage = new HashMap<>();
  private final Map<String, PaymentRecord> payments = new HashMap<>();
  private final Map<String, GrantRecord> grants = new HashMap<>();

  void add(Remembered remembered) {
    if (remembered instanceof Remembered.Usage seen) {
      usage.put(seen.identity(), seen);
    } else if (remembered instanceof Remembered.Payment seen) {
      payments.put(seen.paymentId(), seen.payment());
    } else if (remembered instanceof Remembered.Grant seen) {
      grants.put(seen.grantId(), seen.grant());
    }
  }

  @Override
  public @Nullable Long usage(Fingerprint identity, long at) {
    Remembered.Usage seen = usage.get(identity);
    return seen == null || at > seen.until() ? null : seen.digest();
  }

  @Override
  public @Nullable PaymentRecord payment(String accountId, String paymentId) {
    return payments.get(paymentId);
  }

  @Override
  public @Nullable GrantRecord grant(String accountId, String grantId) {
    return grants.get(grantId);
  }
}
