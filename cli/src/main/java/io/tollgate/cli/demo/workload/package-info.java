/** What the demo sends: sizes of requests, who makes them, and how those accounts pay. */
@NullMarked
package io.tollgate.cli.demo.workload;

import org.jspecify.annotations.NullMarked;
