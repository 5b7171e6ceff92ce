package io.tollgate.domain;

/** Every limit on what a record may carry, in one place. */
public final class Limits {

  /** UTF-8 bytes of any id. */
  public static final int ID_BYTES = 256;

  /** Characters of the name of a model, meter, capability or service tier. */
  public static final int NAME_CHARACTERS = 128;

  /** Entries of a list or map: meters, capabilities, alert levels, aliases. */
  public static final int LIST_ENTRIES = 64;

  /** Price rows of one model: every meter in every tier, band and revision. */
  public static final int PRICE_ROWS = 4096;

  /** UTF-8 bytes of free text such as a reason, and of the ids of a purchase. */
  public static final int TEXT_BYTES = 4096;

  /** Grants of one account that have something left, or wait for their effectiveAt. */
  public static final int GRANTS = 1000;

  /** Refunds and disputes that wait for one payment. */
  public static final int WAITING_REVERSALS = 100;

  /**
   * Lots and policies that strand them, of one account until it is verified; and policies that ever
   * stranded one lot. Beyond it no notice goes out.
   */
  public static final int STRANDINGS = 1000;

  /** Open holds of one account. */
  public static final int OPEN_HOLDS = 10_000;

  /** Different alert levels that one account ever fired or armed: their cycles are remembered. */
  public static final int REMEMBERED_LEVELS = 1024;

  /**
   * Scopes for which one account ever set a spend limit: what they spend is counted from then on.
   */
  public static final int SPEND_LIMITS = 1000;

  /** Times run from the epoch to the end of year 9999: what ISO 8601 writes in four digits. */
  public static final long MIN_TIME = 0;

  public static final long MAX_TIME = 253_402_300_799_999L;

  private Limits() {}
}
