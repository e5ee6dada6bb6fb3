/**
 * Hands the bins of the next pool to the heaps, which pop and push them without any call, and
 * counts what is no hit.
 *
 * <p>Invariants: hits + fallbacks = operations; the reasons of the free fallbacks add up to them.
 */
@NullMarked
package io.hakmem.pool.v1flat;

import org.jspecify.annotations.NullMarked;
