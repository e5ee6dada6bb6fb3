package io.hakmem.bench.subject;

import io.hakmem.HakAllocator;
import io.hakmem.bench.peer.Blocks;
import io.hakmem.bench.peer.Subject;
import java.util.Optional;

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
  public long allocateZeroed(long bytes) {
    return allocator.allocateZeroed(bytes);
  }

  @Override
  public long allocate(long bytes, long alignment) {
    return allocator.allocate(bytes, alignment);
  }

  @Override
  public long allocateZeroed(long bytes, long alignment) {
    return allocator.zeroedSegment(bytes, alignment).address();
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
  public Optional<HakAllocator> allocator() {
    return Optional.of(allocator);
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
