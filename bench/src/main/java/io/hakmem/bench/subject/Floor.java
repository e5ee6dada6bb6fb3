package io.hakmem.bench.subject;

import io.hakmem.bench.peer.Blocks;
import io.hakmem.bench.peer.Subject;
import java.lang.foreign.Arena;

/**
 * No allocator: every block of a thread is the same memory. Its time is that of the loop itself;
 * threads do not share the memory, or the loop would wait for lines of cache.
 */
final class Floor implements Subject {

  private final ThreadLocal<Blocks> blocks;

  Floor(long maxBytes) {
    blocks =
        ThreadLocal.withInitial(
            () -> new OneBlock(Arena.global().allocate(maxBytes, 128).address()));
  }

  @Override
  public Blocks blocks() {
    return blocks.get();
  }

  @Override
  public String composition() {
    return "no allocator: the loop alone";
  }

  private record OneBlock(long address) implements Blocks {

    @Override
    public long allocate(long bytes) {
      return address;
    }

    @Override
    public void free(long freed) {}

    @Override
    public long reallocate(long moved, long bytes) {
      return address;
    }
  }
}
