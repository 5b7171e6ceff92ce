/**
 * A real Kafka broker inside this JVM: for the demo, for integration tests, and as a small process
 * of its own. Not for production: one node, no replicas, no authentication, loopback only.
 */
@NullMarked
package io.tollgate.embedded;

import org.jspecify.annotations.NullMarked;
