package io.tollgate.domain.account;

import io.tollgate.domain.DeclineTable;
import io.tollgate.domain.DeclineTable.Code;
import io.tollgate.domain.DeclineTable.Decline;
import io.tollgate.domain.DeclineTable.DeclineClass;
import io.tollgate.domain.DeclineTable.Field;
import java.util.Map;

/** Some decline codes of each class to test with. */
final class DeclineCodes {

  private static final long HOUR = 3_600_000L;

  static final DeclineTable TABLE =
      new DeclineTable(
          Map.of(
              new Code(Field.DECLINE_CODE, "stolen_card"),
              new Decline(DeclineClass.STOP, null),
              new Code(Field.DECLINE_CODE, "expired_card"),
              new Decline(DeclineClass.CUSTOMER, null),
              new Code(Field.DECLINE_CODE, "do_not_honor"),
              new Decline(DeclineClass.ISSUER, HOUR),
              new Code(Field.DECLINE_CODE, "call_issuer"),
              new Decline(DeclineClass.ISSUER, null),
              new Code(Field.DECLINE_CODE, "insufficient_funds"),
              new Decline(DeclineClass.RETRY, null),
              new Code(Field.ADVICE_CODE, "do_not_try_again"),
              new Decline(DeclineClass.STOP, null),
              new Code(Field.ADVICE_CODE, "try_again_later"),
              new Decline(DeclineClass.RETRY, null),
              new Code(Field.NETWORK_ADVICE_CODE, "01"),
              new Decline(DeclineClass.CUSTOMER, null),
              new Code(Field.NETWORK_ADVICE_CODE, "02"),
              new Decline(DeclineClass.RETRY, 72 * HOUR),
              new Code(Field.NETWORK_ADVICE_CODE, "24"),
              new Decline(DeclineClass.RETRY, HOUR)));

  private DeclineCodes() {}
}
