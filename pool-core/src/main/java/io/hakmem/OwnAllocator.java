package io.hakmem;

import io.hakmem.compose.AlignedSizes;
import io.hakmem.compose.Parts;
import io.hakmem.engine.Contents;
import io.hakmem.heap.Bin;
import io.hakmem.heap.ClassCopies;
import io.hakmem.heap.LocalHeap;
import io.hakmem.heap.Operations;
import io.hakmem.heap.OperationsByKind;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * What a program calls again and again, over {@link Operations}: the thread's heap, its block, and
 * zeros in it.
 *
 * <p>{@link ClassCopies} says why each kind of composition has a copy of this class.
 */
final class OwnAllocator extends HakAllocator {

  private static final ClassCopies COPIES =
      new ClassCopies(
          OwnAllocator.class,
          MethodHandles.lookup(),
          MethodType.methodType(void.class, Parts.class));

  private static final Operations OPERATIONS =
      OperationsByKind.of(ClassCopies.kindOf(MethodHandles.lookup()));

  private final AlignedSizes aligned;

  OwnAllocator(Parts parts) {
    this.aligned = parts.alignedSizes();
    super(parts);
  }

  /** An allocator of the class of its kind; one that can be recorded if the gates say so. */
  static HakAllocator of(Parts parts) {
    if (parts.recorder() != null) {
      return RecordingAllocator.of(parts, parts.recorder());
    }
    MethodHandle constructor = COPIES.of(parts.kind());
    try {
      return (HakAllocator) constructor.invoke(parts);
    } catch (RuntimeException | Error thrown) {
      throw thrown;
    } catch (Throwable never) {
      throw new IllegalStateException("the constructor threw what it does not declare", never);
    }
  }

  @Override
  public long allocate(long bytes) {
    // Asked first: behind the calls of the slow path this object would have to be kept in the loop.
    if (zeroedBytes > 0) {
      return cleared(heaps.current(), bytes, zeroedBytes);
    }
    return OPERATIONS.allocate(heaps.current(), bytes);
  }

  @Override
  long allocate(LocalHeap heap, long bytes) {
    return zeroedBytes > 0 ? cleared(heap, bytes, zeroedBytes) : OPERATIONS.allocate(heap, bytes);
  }

  @Override
  public long allocateZeroed(long bytes) {
    return cleared(heaps.current(), bytes, Long.MAX_VALUE);
  }

  @Override
  public long allocate(long bytes, long alignment) {
    LocalHeap heap = heaps.current();
    Bin bin = aligned.routed(heap, bytes, alignment);
    long address = 0;
    if (bin != null) {
      address =
          zeroedBytes > 0
              ? clearedAtOnce(heap, bin, zeroedBytes)
              : OPERATIONS.allocateAtOnce(heap, bin);
    }
    return address != 0 ? address : alignedSlow(bytes, alignment);
  }

  @Override
  public void free(long address) {
    OPERATIONS.free(frees, address);
  }

  /**
   * A block with so many leading bytes cleared, as far as it has them. If that throws, the block is
   * taken back, at once or, where there is no room on the stack for even that, by the next
   * allocation of the thread, or when the thread has ended.
   */
  private long cleared(LocalHeap heap, long bytes, long leadingBytes) {
    long address = clearedAtOnce(heap, heap.routed(bytes), leadingBytes);
    return address != 0 ? address : contents.clearedSlow(heap, bytes, leadingBytes);
  }

  /** The same if that is a matter of a few steps, else 0. */
  private long clearedAtOnce(LocalHeap heap, Bin bin, long leadingBytes) {
    Contents to = contents;
    if (!to.clearsAtOnce(heap)) {
      return 0;
    }
    long cleared = Math.min(leadingBytes, bin.blockBytes());
    long address = OPERATIONS.allocateAtOnce(heap, bin);
    if (address == 0) {
      return 0;
    }
    try {
      to.clearOwn(heap, address, cleared);
    } catch (Throwable thrown) {
      heap.undone = address; // No call, no monitor: both want room on the stack.
      to.undoSlow(heap, address);
      throw thrown;
    }
    return address;
  }
}
