package io.tollgate.sandbox.demo.workload;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Makes a workload of request sizes: gives each request an account and a model, repeats a few,
 * breaks a few, and plans how the accounts pay. The same seed gives the same workload.
 */
public final class WorkloadComposer {

  // As uneven as customers are: of 100 accounts the busiest makes a fifth of the requests.
  private static final double ZIPF_EXPONENT = 1.0;

  // Every so many requests one is broken, each way in turn.
  private static final int BREAK_EVERY = 97;
  private static final Form[] BROKEN = {
    Form.UNKNOWN_MODEL, Form.CONFLICT, Form.NEGATIVE, Form.TRUNCATED, Form.MISKEYED
  };

  // A request of the size of one so shortly before may as well be its retry; half of them are.
  private static final int RETRY_WITHIN = 100;

  private record Tokens(long input, long output) {}

  private final int accounts;
  private final PlannedPrices prices;
  private final Random random;
  private final ZipfDraw ranks;
  private final List<Request> requests = new ArrayList<>();
  private final Map<Tokens, Request> lastOfSize = new HashMap<>();
  private final Map<String, Long> plannedNanos = new HashMap<>();
  private @Nullable Request lastValid;

  private WorkloadComposer(int accounts, long seed, PlannedPrices prices) {
    this.accounts = accounts;
    this.prices = prices;
    this.random = new Random(seed);
    this.ranks = new ZipfDraw(accounts, ZIPF_EXPONENT);
  }

  /** The workload of these sizes: each is one request, in their order. */
  public static Workload compose(
      List<RequestSize> sizes, int accounts, long seed, PlannedPrices prices) {
    return new WorkloadComposer(accounts, seed, prices).compose(sizes);
  }

  private Workload compose(List<RequestSize> sizes) {
    for (RequestSize size : sizes) {
      requests.add(next(size));
    }
    List<AccountPlan> plans = new ArrayList<>();
    for (int rank = 0; rank < accounts; rank++) {
      plans.add(
          AccountPlan.ofRank(rank, plannedNanos.getOrDefault(AccountPlan.accountId(rank), 0L)));
    }
    return new Workload(List.copyOf(requests), List.copyOf(plans));
  }

  private Request next(RequestSize size) {
    Request fresh = fresh(size);
    int number = fresh.number();
    if (number % BREAK_EVERY == BREAK_EVERY - 1) {
      return broken(fresh, BROKEN[number / BREAK_EVERY % BROKEN.length]);
    }
    Tokens tokens = new Tokens(size.inputTokens(), size.outputTokens());
    Request same = lastOfSize.get(tokens);
    if (same != null && number - same.number() <= RETRY_WITHIN && random.nextBoolean()) {
      return likeEarlier(fresh, same, Form.RETRY);
    }
    lastOfSize.put(tokens, fresh);
    lastValid = fresh;
    plannedNanos.merge(
        fresh.accountId(),
        prices.nanos(fresh.model(), fresh.inputTokens(), fresh.outputTokens()),
        Math::addExact);
    return fresh;
  }

  private Request fresh(RequestSize size) {
    int number = requests.size();
    String accountId = AccountPlan.accountId(ranks.draw(random));
    ModelMix.Call call = ModelMix.draw(random);
    return new Request(
        number,
        "request-%06d".formatted(number + 1),
        accountId,
        call.model(),
        call.capabilities(),
        size.inputTokens(),
        size.outputTokens(),
        Form.VALID,
        size.atNanos());
  }

  private Request broken(Request fresh, Form form) {
    if (form == Form.UNKNOWN_MODEL) {
      return changed(fresh, ModelMix.UNKNOWN_MODEL, fresh.outputTokens(), form);
    }
    if (form == Form.NEGATIVE) {
      return changed(fresh, fresh.model(), -1 - fresh.outputTokens(), form);
    }
    if (form == Form.CONFLICT) {
      Request earlier = lastValid;
      if (earlier == null) {
        return changed(fresh, ModelMix.UNKNOWN_MODEL, fresh.outputTokens(), Form.UNKNOWN_MODEL);
      }
      boolean same =
          earlier.inputTokens() == fresh.inputTokens()
              && earlier.outputTokens() == fresh.outputTokens();
      return likeEarlier(fresh, earlier, same ? Form.RETRY : Form.CONFLICT);
    }
    return changed(fresh, fresh.model(), fresh.outputTokens(), form);
  }

  private static Request changed(Request fresh, String model, long outputTokens, Form form) {
    return new Request(
        fresh.number(),
        fresh.eventId(),
        fresh.accountId(),
        model,
        fresh.capabilities(),
        fresh.inputTokens(),
        outputTokens,
        form,
        fresh.atNanos());
  }

  /** Its own time and tokens, everything else from the earlier request. */
  private static Request likeEarlier(Request fresh, Request earlier, Form form) {
    return new Request(
        fresh.number(),
        earlier.eventId(),
        earlier.accountId(),
        earlier.model(),
        earlier.capabilities(),
        fresh.inputTokens(),
        fresh.outputTokens(),
        form,
        fresh.atNanos());
  }
}
