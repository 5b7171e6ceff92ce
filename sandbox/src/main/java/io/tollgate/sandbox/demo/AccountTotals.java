package io.tollgate.sandbox.demo;

/** What one account used and has left. */
record AccountTotals(String accountId, long charges, long chargedNanos, long postedNanos) {}
