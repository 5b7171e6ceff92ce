@NullMarked
package io.tollgate.cli.docs;

import org.jspecify.annotations.NullMarked;
