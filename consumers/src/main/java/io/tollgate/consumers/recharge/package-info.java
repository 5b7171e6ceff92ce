/** Carries out recharge requests: charges the card once, and reports the payment. */
@NullMarked
package io.tollgate.consumers.recharge;

import org.jspecify.annotations.NullMarked;
