/**
 * The hot path: heap, bin, page, free path and page table. It depends on nothing of ours.
 *
 * <p>An operation that hits ends here; every other one goes to a slow path of the engine, or to the
 * handler that a bin or page is tagged with.
 */
@NullMarked
package io.hakmem.heap;

import org.jspecify.annotations.NullMarked;
