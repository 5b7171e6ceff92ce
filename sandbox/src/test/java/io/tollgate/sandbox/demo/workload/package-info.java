/** Tests of what the demo sends. */
@NullMarked
package io.tollgate.sandbox.demo.workload;

import org.jspecify.annotations.NullMarked;
