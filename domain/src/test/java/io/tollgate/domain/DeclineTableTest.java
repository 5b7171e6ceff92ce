package io.tollgate.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.domain.DeclineTable.Code;
import io.tollgate.domain.DeclineTable.Decline;
import io.tollgate.domain.DeclineTable.DeclineClass;
import io.tollgate.domain.DeclineTable.Field;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeclineTableTest {

  private static final Decline NETWORK = new Decline(DeclineClass.RETRY, 72_000L);
  private static final Decline ADVICE = new Decline(DeclineClass.CUSTOMER, null);
  private static final Decline CODE = new Decline(DeclineClass.STOP, null);

  private final DeclineTable table =
      new DeclineTable(
          Map.of(
              new Code(Field.NETWORK_ADVICE_CODE, "02"), NETWORK,
              new Code(Field.ADVICE_CODE, "confirm"), ADVICE,
              new Code(Field.DECLINE_CODE, "stolen"), CODE));

  @Test
  void shouldGoByTheFirstKnownCode() {
    assertThat(table.find("02", "confirm", "stolen")).isEqualTo(NETWORK);
    assertThat(table.find(null, "confirm", "stolen")).isEqualTo(ADVICE);
    assertThat(table.find(null, null, "stolen")).isEqualTo(CODE);
  }

  @Test
  void shouldPassOverCodesThatNobodyKnows() {
    assertThat(table.find("99", "confirm", "stolen")).isEqualTo(ADVICE);
    assertThat(table.find("99", "what", "stolen")).isEqualTo(CODE);
    assertThat(table.find("99", "what", "never heard of")).isNull();
    assertThat(table.find(null, null, "")).isNull();
  }

  @Test
  void shouldTellTheFieldsApart() {
    assertThat(table.find("stolen", "02", "confirm")).isNull();
  }

  @Test
  void shouldNotChangeWithTheMapThatItWasMadeOf() {
    Map<Code, Decline> codes = new HashMap<>();
    DeclineTable empty = new DeclineTable(codes);
    codes.put(new Code(Field.DECLINE_CODE, "stolen"), CODE);
    assertThat(empty.find(null, null, "stolen")).isNull();
  }
}
