package io.hakmem;

import io.hakmem.heap.StackRoom;
import io.hakmem.supply.SharedLimit;
import java.util.Objects;

/**
 * A limit on the memory that several allocators hold together, whatever their own limits are: the
 * sum of their committed bytes never exceeds it, at no moment and by no byte. An allocator that
 * needs more first gives back what it does not use itself, then lets the others do so, and then
 * fails with {@link OutOfNativeMemoryException}. What other threads' heaps keep at hand is not
 * unused: {@link HakAllocator#trim} of an allocator, called by those threads, gives it back.
 *
 * <p>An allocator belongs to the budget from its first memory to its close. Any thread may call any
 * method.
 */
public final class MemoryBudget {

  private final SharedLimit shared;

  /**
   * A budget that no allocator uses yet.
   *
   * @param name for messages
   * @param limitBytes 1 or more
   * @throws IllegalArgumentException if the limit is below 1
   */
  public MemoryBudget(String name, long limitBytes) {
    if (limitBytes < 1) {
      StackRoom.requireForRehearsal(); // There may be no allocator yet that rehearsed it.
      throw new IllegalArgumentException(
          "limitBytes=" + limitBytes + " must be in [1, " + Long.MAX_VALUE + "]");
    }
    shared = new SharedLimit(Objects.requireNonNull(name, "name"), limitBytes);
  }

  SharedLimit shared() {
    return shared;
  }

  /** The name in messages. */
  public String name() {
    return shared.name();
  }

  /** Most bytes that all allocators together may hold. */
  public long limitBytes() {
    return shared.limitBytes();
  }

  /** Bytes that they hold now, those that one of them is just asking the system for included. */
  public long usedBytes() {
    return shared.usedBytes();
  }

  /** Most bytes that they held at once so far. */
  public long peakBytes() {
    return shared.peakBytes();
  }

  /** How many allocators belong to it now. */
  public int allocators() {
    return shared.members();
  }

  @Override
  public String toString() {
    StackRoom.requireForRehearsal();
    return "budget "
        + name()
        + ": used "
        + usedBytes()
        + " of "
        + limitBytes()
        + " bytes by "
        + allocators()
        + " allocators";
  }
}
