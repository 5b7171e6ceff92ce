@NullMarked
package io.tollgate.sandbox;

import org.jspecify.annotations.NullMarked;
