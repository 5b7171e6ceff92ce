/** What the demo sends: sizes of requests, who makes them, and how those accounts pay. */
@NullMarked
package io.tollgate.sandbox.demo.workload;

import org.jspecify.annotations.NullMarked;
