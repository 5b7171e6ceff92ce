/** Tests of the demo. */
@NullMarked
package io.tollgate.sandbox.demo;

import org.jspecify.annotations.NullMarked;
