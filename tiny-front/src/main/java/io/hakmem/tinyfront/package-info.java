/**
 * Serves the smallest classes of the original, C0 to C7, from pages of its own before any other box
 * is asked. Which of them, and how far heaps do so by themselves, is up to the gates.
 *
 * <p>Invariants: hits + asked = operations; a class that heaps serve by themselves is asked for
 * only when its bin has no free block.
 */
@NullMarked
package io.hakmem.tinyfront;

import org.jspecify.annotations.NullMarked;
