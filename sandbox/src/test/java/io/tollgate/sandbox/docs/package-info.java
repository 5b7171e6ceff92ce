@NullMarked
package io.tollgate.sandbox.docs;

import org.jspecify.annotations.NullMarked;
