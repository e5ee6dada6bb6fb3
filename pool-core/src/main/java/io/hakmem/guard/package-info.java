/**
 * What is known of single blocks, for those who look for a fault: {@link io.hakmem.guard.Guard} of
 * all blocks, {@link io.hakmem.guard.LeakSampler} of a few.
 *
 * <p>Invariant: a block is in the ledger from its allocation until its free, and with full checks
 * in the quarantine from then until it is given back.
 */
@NullMarked
package io.hakmem.guard;

import org.jspecify.annotations.NullMarked;
