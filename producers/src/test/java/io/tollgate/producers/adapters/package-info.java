@NullMarked
package io.tollgate.producers.adapters;

import org.jspecify.annotations.NullMarked;
