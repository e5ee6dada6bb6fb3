package io.hakmem.bench.subject;

import io.hakmem.Composition;
import io.hakmem.HakAllocator;
import io.hakmem.Stats;
import io.hakmem.bench.peer.Blocks;
import io.hakmem.bench.peer.Subject;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** HAKMEM, called as its users call it. */
final class HakmemSubject implements Subject, Blocks {

  private final HakAllocator allocator;

  HakmemSubject(HakAllocator allocator) {
    this.allocator = allocator;
  }

  @Override
  public Blocks blocks() {
    return this;
  }

  @Override
  public long allocate(long bytes) {
    return allocator.allocate(bytes);
  }

  @Override
  public void free(long address) {
    allocator.free(address);
  }

  @Override
  public long reallocate(long address, long bytes) {
    return allocator.reallocate(address, bytes);
  }

  @Override
  public long usableSize(long address) {
    return allocator.usableSize(address);
  }

  @Override
  public String composition() {
    return allocator.describe();
  }

  @Override
  public Optional<Composition> facts() {
    return Optional.of(allocator.composition());
  }

  @Override
  public List<Stats.SizeClass> sizeClasses() {
    return allocator.stats().sizeClasses();
  }

  @Override
  public long committedBytes() {
    return allocator.stats().committedBytes();
  }

  @Override
  public SortedMap<String, Long> counters() {
    Stats stats = allocator.stats();
    SortedMap<String, Long> counters = new TreeMap<>(stats.counters());
    counters.put("allocations", stats.allocations());
    counters.put("frees", stats.frees());
    counters.put("refused_frees", stats.refusedFrees());
    counters.put("remote_frees", stats.remoteFrees());
    return counters;
  }

  @Override
  public List<String> statistics() {
    return allocator.statistics();
  }

  @Override
  public void trim() {
    allocator.trim();
  }

  @Override
  public void close() {
    allocator.close();
  }
}
