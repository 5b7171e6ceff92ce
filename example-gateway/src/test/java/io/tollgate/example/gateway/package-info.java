@NullMarked
package io.tollgate.example.gateway;

import org.jspecify.annotations.NullMarked;
