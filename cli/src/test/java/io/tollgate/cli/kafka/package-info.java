@NullMarked
package io.tollgate.cli.kafka;

import org.jspecify.annotations.NullMarked;
