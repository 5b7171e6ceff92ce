package io.tollgate.cli.verify;

import java.util.ArrayList;
import java.util.List;

/** What does not hold: the first few in words, all of them by number. */
final class Findings {

  /** Enough to see what is wrong; a broken ledger may have millions. */
  static final int SHOWN = 20;

  private final List<String> first = new ArrayList<>();
  private long count;

  void add(String finding) {
    if (first.size() < SHOWN) {
      first.add(finding);
    }
    count++;
  }

  /** Adds what only an overview can tell, in front of all that was found on the way. */
  void addFirst(String finding) {
    first.add(0, finding);
    if (first.size() > SHOWN) {
      first.remove(SHOWN);
    }
    count++;
  }

  List<String> first() {
    return List.copyOf(first);
  }

  long count() {
    return count;
  }

  Findings copy() {
    Findings copy = new Findings();
    copy.first.addAll(first);
    copy.count = count;
    return copy;
  }
}
