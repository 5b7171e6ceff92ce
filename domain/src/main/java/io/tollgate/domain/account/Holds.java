package io.tollgate.domain.account;

import java.util.Comparator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The open holds of one account, as a value: a copy of the account shares them, and a change costs
 * O(log holds).
 */
final class Holds {

  static final Holds NONE =
      new Holds(
          new HoldTree(Comparator.comparing(Hold::authorizationId)),
          new HoldTree(Comparator.comparingLong(Hold::endsAt).thenComparing(Hold::authorizationId)),
          new HoldTree(
              Comparator.comparingLong(Hold::openedAt).thenComparing(Hold::authorizationId)));

  private final HoldTree byId;
  private final HoldTree byEnd;
  private final HoldTree byOpening;

  private Holds(HoldTree byId, HoldTree byEnd, HoldTree byOpening) {
    this.byId = byId;
    this.byEnd = byEnd;
    this.byOpening = byOpening;
  }

  /** With this hold, in place of the one that it has made of itself. */
  Holds with(Hold hold) {
    Holds others = without(hold.authorizationId());
    return new Holds(others.byId.with(hold), others.byEnd.with(hold), others.byOpening.with(hold));
  }

  Holds without(String authorizationId) {
    Hold known = find(authorizationId);
    return known == null
        ? this
        : new Holds(byId.without(known), byEnd.without(known), byOpening.without(known));
  }

  @Nullable Hold find(String authorizationId) {
    return byId.find(hold -> authorizationId.compareTo(hold.authorizationId()));
  }

  int size() {
    return byId.size();
  }

  /** Σ of what they hold. */
  long nanos() {
    return byId.nanos();
  }

  /** Σ of what those hold that were opened before that time. */
  long nanosOpenedBefore(long time) {
    return byOpening.nanosWhile(hold -> hold.openedAt() < time);
  }

  /** The one that ends first by itself, at equal times the first by id; null if there is none. */
  @Nullable Hold firstToEnd() {
    return byEnd.first();
  }

  /** Visits what is not the same in other, in the order of ids; O(changes · log holds). */
  void compare(Holds other, HoldDifferences.Visitor visitor) {
    byId.compare(other.byId, visitor);
  }

  /** Visits all in the order of their ids. */
  void forEach(Consumer<Hold> visitor) {
    byId.forEach(visitor);
  }
}
