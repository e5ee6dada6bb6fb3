package com.example.service;

import io.hakmem.Composition;
import io.hakmem.HakAllocator;
import io.hakmem.OutOfNativeMemoryException;
import io.hakmem.RawMemory;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/** Fills a limit, frees all of it and fills it again; prints what it is composed of. */
public final class Service {

  private static final long LIMIT_BYTES = 32 << 20;
  private static final long BLOCK_BYTES = 1000;

  private Service() {}

  /** Ends with 0 if the limit held and the memory could be had twice. */
  public static void main(String[] arguments) {
    try (HakAllocator allocator =
        HakAllocator.builder()
            .profile("THROUGHPUT")
            .set("HAKMEM_MEMORY_LIMIT", Long.toString(LIMIT_BYTES))
            .build()) {
      int first = fill(allocator);
      int second = fill(allocator);
      MemorySegment block = allocator.segment(BLOCK_BYTES);
      block.set(ValueLayout.JAVA_LONG, 0, 42);
      long read = RawMemory.isEnabled() ? RawMemory.getLong(block.address()) : 42;
      allocator.free(block.address());
      Composition composition = allocator.composition();
      System.out.println("module " + Service.class.getModule().getName());
      System.out.println("source " + composition.pageSource());
      System.out.println(
          "boxes " + composition.boxes().stream().map(Composition.Box::name).toList());
      if (first * BLOCK_BYTES < LIMIT_BYTES / 2
          || second < first / 2
          || read != 42
          || allocator.stats().peakCommittedBytes() > LIMIT_BYTES) {
        throw new IllegalStateException(
            first + ", then " + second + " blocks: " + allocator.stats());
      }
    }
  }

  private static int fill(HakAllocator allocator) {
    List<Long> blocks = new ArrayList<>();
    try {
      while (true) {
        blocks.add(allocator.allocate(BLOCK_BYTES));
      }
    } catch (OutOfNativeMemoryException full) {
      blocks.forEach(allocator::free);
      return blocks.size();
    }
  }
}
