package io.tollgate.producers.adapters;

/**
 * A webhook of which nobody knows the account. Answer it with a status from 500, and Stripe sends
 * it again for up to three days; or with 200, if it is about something else than Tollgate's credit.
 */
public final class UnknownAccountException extends AdapterException {

  private static final long serialVersionUID = 1L;

  UnknownAccountException(String type, String id) {
    super(
        "%s %s: no account_id in its metadata, and the look-up knows none of its payment"
            .formatted(type, id));
  }
}
