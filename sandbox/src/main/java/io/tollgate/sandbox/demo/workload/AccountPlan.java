package io.tollgate.sandbox.demo.workload;

/**
 * One account of the demo and how it behaves.
 *
 * @param plannedNanos what its requests will cost, about
 */
public record AccountPlan(
    String accountId, Funding funding, Verification verification, long plannedNanos) {

  // Counted out over the accounts from the busiest on: however few there are, they differ.
  private static final Funding[] FUNDINGS = {
    Funding.AUTO_RECHARGE,
    Funding.PREPAID,
    Funding.AUTO_RECHARGE,
    Funding.PROMOTIONAL,
    Funding.LIMITED_RECHARGE,
    Funding.RUNS_DRY,
    Funding.AUTO_RECHARGE,
    Funding.AUTO_RECHARGE,
    Funding.UNANSWERED_RECHARGE,
    Funding.PREPAID,
    Funding.AUTO_RECHARGE,
    Funding.RUNS_DRY,
    Funding.AUTO_RECHARGE,
    Funding.AUTO_RECHARGE,
    Funding.PROMOTIONAL,
    Funding.PREPAID
  };

  // Of another length, so that each way to pay meets each kind of verification.
  private static final Verification[] VERIFICATIONS = {
    Verification.FROM_THE_START,
    Verification.MIDWAY,
    Verification.FROM_THE_START,
    Verification.NEVER,
    Verification.FROM_THE_START,
    Verification.MIDWAY,
    Verification.FROM_THE_START
  };

  /** The account of a rank, 0 being the busiest. */
  static AccountPlan ofRank(int rank, long plannedNanos) {
    return new AccountPlan(
        accountId(rank),
        FUNDINGS[rank % FUNDINGS.length],
        VERIFICATIONS[rank % VERIFICATIONS.length],
        plannedNanos);
  }

  static String accountId(int rank) {
    return "org-%03d".formatted(rank + 1);
  }
}
