/** A small gateway before a model API, with the access gate in it: documentation that runs. */
@NullMarked
package io.tollgate.example.gateway;

import org.jspecify.annotations.NullMarked;
