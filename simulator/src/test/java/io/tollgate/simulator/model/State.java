package io.tollgate.simulator.model;

/**
 * A mutable part of an account that {@link Copies} may copy field by field; it needs a constructor
 * without arguments.
 */
interface State {}
