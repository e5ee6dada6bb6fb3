/**
 * A thin front for blocks of 256, 512 and 1024 B, whose bins hold the pages of the box behind it.
 *
 * <p>Invariants: a batch is at most as long as its class's stack; a miss is counted once; hits +
 * batches + misses = allocations of the three classes.
 */
@NullMarked
package io.hakmem.smallmid;

import org.jspecify.annotations.NullMarked;
