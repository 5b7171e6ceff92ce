package io.tollgate.domain.account;

import io.tollgate.domain.Rejection;
import io.tollgate.domain.effect.Effect;
import io.tollgate.domain.identity.Remembered;
import java.util.List;

/** What the rules made of a record or a deadline. */
public sealed interface Decision {

  /**
   * It took effect.
   *
   * @param account the account from now on
   * @param effects what the world is told, in order
   * @param remembered what must not be decided again
   */
  record Applied(Account account, List<Effect> effects, List<Remembered> remembered)
      implements Decision {

    public Applied {
      effects = List.copyOf(effects);
      remembered = List.copyOf(remembered);
    }
  }

  /** The same record had been decided before; nothing happens. */
  record Duplicate() implements Decision {}

  /** It is refused; nothing happens but a word about why. */
  record Rejected(Rejection rejection) implements Decision {}
}
