package io.tollgate.simulator.history;

import java.util.List;
import java.util.Random;

/** A seeded source of choices. */
final class Dice {
  private final Random random;

  Dice(long seed) {
    this.random = new Random(seed);
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  long between(long least, long most) {
    return least + Math.floorMod(random.nextLong(), most - least + 1);
  }

  boolean percent(int chance) {
    return random.nextInt(100) < chance;
  }

  <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  @SafeVarargs
  @SuppressWarnings("varargs")
  final <T> T oneOf(T... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
