/** The settings of an installation: their definition, where they come from, what they become. */
@NullMarked
package io.tollgate.streams.config;

import org.jspecify.annotations.NullMarked;
