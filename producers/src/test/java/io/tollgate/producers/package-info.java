@NullMarked
package io.tollgate.producers;

import org.jspecify.annotations.NullMarked;
