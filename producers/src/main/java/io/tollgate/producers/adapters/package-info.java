/**
 * From what others send to events: usage objects of providers and gateways, and webhooks of a
 * payment provider.
 *
 * <p>An adapter reads only what it understands, checks that parts add up to the whole that the
 * sender states, and refuses the object with an {@link AdapterException} otherwise: a wrong charge
 * is worse than a late one. Money is read as integers of the currency's minor unit, never as a
 * fraction; costs that others computed are not read at all.
 */
@NullMarked
package io.tollgate.producers.adapters;

import org.jspecify.annotations.NullMarked;
