package io.hakmem.bench.footprint;

import static org.assertj.core.api.Assertions.assertThat;

import io.hakmem.HakAllocator;
import io.hakmem.bench.peer.Blocks;
import io.hakmem.bench.peer.Subject;
import io.hakmem.bench.peer.WrappedSubject;
import io.hakmem.bench.subject.SubjectKind;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** HAKMEM, which remembers who allocated what, and looks at each block before its free. */
final class CountedBlocks implements Blocks {

  private static final byte WRITTEN = 1;

  private final Subject inner = SubjectKind.HAKMEM.open("THROUGHPUT", Map.of(), 1);
  private final Blocks calls = inner.blocks();
  private final HakAllocator allocator = inner.allocator().orElseThrow();
  private final Map<Long, Long> live = new ConcurrentHashMap<>();
  private final Set<Thread> allocating = ConcurrentHashMap.newKeySet();
  private final LongAdder allocations = new LongAdder();

  Subject subject() {
    return new WrappedSubject(inner, _ -> this);
  }

  @Override
  public long allocate(long bytes) {
    allocations.increment();
    allocating.add(Thread.currentThread());
    long address = calls.allocate(bytes);
    live.put(address, bytes);
    return address;
  }

  @Override
  public void free(long address) {
    assertThat(isWrittenWhole(address, live.getOrDefault(address, 0L))).isTrue();
    live.remove(address);
    calls.free(address);
  }

  @Override
  public long reallocate(long address, long bytes) {
    allocations.increment();
    live.remove(address);
    long moved = calls.reallocate(address, bytes);
    live.put(moved, bytes);
    return moved;
  }

  private boolean isWrittenWhole(long address, long bytes) {
    byte[] expected = new byte[(int) bytes];
    Arrays.fill(expected, WRITTEN);
    MemorySegment block = allocator.blockAt(address).asSlice(0, bytes);
    return block.mismatch(MemorySegment.ofArray(expected)) < 0;
  }

  /** What runs there in place of this thread is a thread of the program. */
  int threads() {
    allocating.remove(Thread.currentThread());
    return allocating.size();
  }

  long allocations() {
    return allocations.sum();
  }

  int live() {
    return live.size();
  }

  long liveWritten() {
    return live.entrySet().stream()
        .filter(block -> isWrittenWhole(block.getKey(), block.getValue()))
        .count();
  }
}
