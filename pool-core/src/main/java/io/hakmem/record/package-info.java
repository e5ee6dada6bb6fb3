/**
 * Writes the operations of an allocator into a file.
 *
 * <p>Purpose: a {@link io.hakmem.record.Recorder} starts and ends recordings; each thread writes
 * its operations into a {@link io.hakmem.record.Lane} of its own, and one thread writes the lanes
 * into the file.
 *
 * <p>Invariants: no operation is lost while the file can be written, since threads wait where the
 * file is slower than they are; a free is noted before it is made and an allocation after it is
 * made, so that the notes of a block are in the order of their times.
 */
@NullMarked
package io.hakmem.record;

import org.jspecify.annotations.NullMarked;
