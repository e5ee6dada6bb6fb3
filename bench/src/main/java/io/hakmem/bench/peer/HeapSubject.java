package io.hakmem.bench.peer;

import io.hakmem.Composition;
import io.hakmem.HakAllocator;
import io.hakmem.Heap;
import io.hakmem.Stats;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** HAKMEM through the explicit handle of each thread. */
final class HeapSubject implements Subject {

  private final HakAllocator allocator;
  private final HakmemSubject whole;

  HeapSubject(HakAllocator allocator) {
    this.allocator = allocator;
    whole = new HakmemSubject(allocator);
  }

  @Override
  public Blocks blocks() {
    return new HeapBlocks(allocator, allocator.heap());
  }

  @Override
  public long usableSize(long address) {
    return whole.usableSize(address);
  }

  @Override
  public String composition() {
    return whole.composition();
  }

  @Override
  public Optional<Composition> facts() {
    return whole.facts();
  }

  @Override
  public List<Stats.SizeClass> sizeClasses() {
    return whole.sizeClasses();
  }

  @Override
  public long committedBytes() {
    return whole.committedBytes();
  }

  @Override
  public List<String> statistics() {
    return whole.statistics();
  }

  @Override
  public SortedMap<String, Long> counters() {
    return whole.counters();
  }

  @Override
  public void trim() {
    whole.trim();
  }

  @Override
  public void close() {
    whole.close();
  }

  private record HeapBlocks(HakAllocator allocator, Heap heap) implements Blocks {

    @Override
    public long allocate(long bytes) {
      return heap.allocate(bytes);
    }

    @Override
    public void free(long address) {
      heap.free(address);
    }

    /** A heap has no such call. */
    @Override
    public long reallocate(long address, long bytes) {
      return allocator.reallocate(address, bytes);
    }
  }
}
