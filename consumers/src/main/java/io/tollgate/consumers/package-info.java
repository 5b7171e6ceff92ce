/** Clients that receive what Tollgate says: alerts, recharge requests, blocks and notices. */
@NullMarked
package io.tollgate.consumers;

import org.jspecify.annotations.NullMarked;
