/** The catalogue of topics, from which they are created, checked and documented. */
@NullMarked
package io.tollgate.schemas.topics;

import org.jspecify.annotations.NullMarked;
