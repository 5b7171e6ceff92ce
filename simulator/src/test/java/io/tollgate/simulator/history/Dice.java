package io.tollgate.simulator.history;

import java.util.List;
import java.util.Random;

/** A seeded source of choices. */
public final class Dice {
  private final Random random;

  public Dice(long seed) {
    this.random = new Random(seed);
  }

  public int below(int bound) {
    return random.nextInt(bound);
  }

  public long between(long least, long most) {
    return least + Math.floorMod(random.nextLong(), most - least + 1);
  }

  public boolean percent(int chance) {
    return random.nextInt(100) < chance;
  }

  public <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  @SafeVarargs
  @SuppressWarnings("varargs")
  public final <T> T oneOf(T... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
