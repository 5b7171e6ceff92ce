/** The demo: a whole installation in one process, with customers, a card processor and books. */
@NullMarked
package io.tollgate.sandbox.demo;

import org.jspecify.annotations.NullMarked;
