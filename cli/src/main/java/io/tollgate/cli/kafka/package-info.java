/** What commands need to talk to Kafka: options, committed records, failures in words. */
@NullMarked
package io.tollgate.cli.kafka;

import org.jspecify.annotations.NullMarked;
