@NullMarked
package io.tollgate.schemas.topics;

import org.jspecify.annotations.NullMarked;
