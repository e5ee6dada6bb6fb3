/**
 * The box fifo-slab: blocks of 16 to 512 B, of which those that were freed last are handed out
 * last.
 *
 * <p>Invariants: a block in a queue is held, and each queue has at most as many as the gate says; a
 * block that is freed is held, free, or was freed by another thread and waits for its owner.
 */
@NullMarked
package com.example.fifoslab;

import org.jspecify.annotations.NullMarked;
