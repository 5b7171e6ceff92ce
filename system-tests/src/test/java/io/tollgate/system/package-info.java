/** The whole product on real Kafka, in several processes, some of which are killed. */
@NullMarked
package io.tollgate.system;

import org.jspecify.annotations.NullMarked;
