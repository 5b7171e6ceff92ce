package io.tollgate.producers.adapters;

/** A webhook that is not known to come from Stripe; answer it with status 400. */
public final class StripeSignatureException extends AdapterException {

  private static final long serialVersionUID = 1L;

  StripeSignatureException(String message) {
    super(message);
  }
}
