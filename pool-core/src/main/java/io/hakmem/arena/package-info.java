/**
 * Arenas of the JDK's kind over blocks of the pool.
 *
 * <p>Invariants: an arena's segments live as long as its delegate, an arena of the JDK; the pages
 * of its chunks are pinned from before the first of them is made until after the delegate closed.
 */
@NullMarked
package io.hakmem.arena;

import org.jspecify.annotations.NullMarked;
