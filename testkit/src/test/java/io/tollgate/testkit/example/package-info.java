/** What the documentation shows. */
@NullMarked
package io.tollgate.testkit.example;

import org.jspecify.annotations.NullMarked;
