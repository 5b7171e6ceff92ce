package io.tollgate.cli.explain;

import io.tollgate.domain.DeclineTable;
import io.tollgate.domain.DeclineTable.Decline;
import io.tollgate.events.PaymentFailed;
import java.util.StringJoiner;

/** What a bank said of a payment, in words. */
final class DeclineWords {

  private final DeclineTable declines;

  DeclineWords(DeclineTable declines) {
    this.declines = declines;
  }

  /** Such as {@code insufficient funds (RETRY: it may be tried again later)}. */
  String of(PaymentFailed failed) {
    StringJoiner said = new StringJoiner(", ");
    said.add(words(failed.getDeclineCode()));
    if (failed.getAdviceCode() != null) {
      said.add("advice " + words(failed.getAdviceCode()));
    }
    if (failed.getNetworkAdviceCode() != null) {
      said.add("network advice " + words(failed.getNetworkAdviceCode()));
    }
    return "%s (%s)".formatted(said, meaning(failed));
  }

  private String meaning(PaymentFailed failed) {
    Decline known =
        declines.find(
            failed.getNetworkAdviceCode(), failed.getAdviceCode(), failed.getDeclineCode());
    if (known == null) {
      return "a code that is not known: it is tried once more";
    }
    return switch (known.declineClass()) {
      case STOP -> "STOP: this card must not be tried again";
      case CUSTOMER -> "CUSTOMER: the customer must do something first";
      case ISSUER -> "ISSUER: the bank holds it until the customer has called";
      case RETRY -> "RETRY: it may be tried again later";
    };
  }

  private static String words(String code) {
    return code.replace('_', ' ');
  }
}
