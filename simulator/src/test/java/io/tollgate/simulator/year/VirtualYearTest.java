package io.tollgate.simulator.year;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.events.AlertType;
import io.tollgate.events.EntryType;
import io.tollgate.schemas.TrustedTypes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A year of purchases, trials, grants, automatic recharges with declines of every class, refunds,
 * disputes, limits, holds and expiry: it must end with what went in less what went out.
 */
class VirtualYearTest {

  @BeforeAll
  static void trustRecords() {
    TrustedTypes.trust();
  }

  @Test
  void shouldEndConservedToTheNanoForEachAccountAndInTotal() {
    int accounts = Integer.getInteger("tollgate.year.accounts", 30);
    long seed = Long.getLong("tollgate.year.seed", 1);
    long started = System.nanoTime();

    YearBooks books;
    try (VirtualYear year = new VirtualYear(accounts, seed)) {
      books = year.run();
    }

    System.out.printf(
        "A year of %,d accounts in %,d ms: %s%n",
        accounts, (System.nanoTime() - started) / 1_000_000, books);
    assertThat(books.entries()).as("kinds of entries").containsKeys(EntryType.values());
    assertThat(books.alerts()).as("kinds of alerts").containsKeys(AlertType.values());
  }
}
