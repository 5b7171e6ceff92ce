package io.tollgate.domain.rating;

/**
 * One price of a model.
 *
 * @param meter what is counted
 * @param serviceTier the tier it is for
 * @param minInputTokens the band: for prompts strictly above this many tokens; 0 for any
 * @param nanosPerMillion nano-units per million units of the meter
 * @param effectiveFrom epoch milliseconds from which it holds
 */
public record PriceRow(
    String meter,
    String serviceTier,
    long minInputTokens,
    long nanosPerMillion,
    long effectiveFrom) {}
