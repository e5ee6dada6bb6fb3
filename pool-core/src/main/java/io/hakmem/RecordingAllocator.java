package io.hakmem;

import io.hakmem.compose.Parts;
import io.hakmem.heap.LocalHeap;
import io.hakmem.heap.Operations;
import io.hakmem.log.Suppressing;
import io.hakmem.record.Lane;
import io.hakmem.record.Recorder;
import org.jspecify.annotations.Nullable;

/**
 * An allocator whose operations can be recorded, composed with {@code HAKMEM_RECORD}. All others
 * are of other classes, and do not ask whether something is recorded.
 *
 * <p>The notes of an operation are made under the monitor of the thread's lane. Blocks of arenas
 * are not recorded.
 */
final class RecordingAllocator extends HakAllocator {

  private static final int NO_ALIGNMENT = 0;

  /** Whatever begins elsewhere is no block, and a free of it is refused. */
  private static final int BLOCK_ALIGNMENT = 16;

  private final Operations operations;
  private final Recorder recorder;

  /** The bean is registered last: behind it there is nothing that could throw. */
  private RecordingAllocator(Parts parts, Recorder recorder) {
    this.operations = parts.operations();
    this.recorder = recorder;
    super(parts);
  }

  /** Records from its first operation on, if the gate names a file. */
  static RecordingAllocator of(Parts parts, Recorder recorder) {
    recorder.begin();
    try {
      return new RecordingAllocator(parts, recorder);
    } catch (Throwable refused) {
      Suppressing.close(recorder, refused);
      throw refused;
    }
  }

  @Override
  public long allocate(long bytes) {
    return allocate(heaps.current(), bytes);
  }

  @Override
  long allocate(LocalHeap heap, long bytes) {
    Lane lane = recorder.lane();
    if (lane == null) {
      return plain(heap, bytes);
    }
    synchronized (lane) {
      lane.requireRoom();
      long address = plain(heap, bytes);
      lane.allocated(address, bytes, NO_ALIGNMENT, false);
      return address;
    }
  }

  private long plain(LocalHeap heap, long bytes) {
    return zeroedBytes > 0
        ? contents.clearedSlow(heap, bytes, zeroedBytes)
        : operations.allocate(heap, bytes);
  }

  @Override
  public long allocate(long bytes, long alignment) {
    Lane lane = recorder.lane();
    if (lane == null) {
      return alignedSlow(bytes, alignment);
    }
    synchronized (lane) {
      lane.requireRoom();
      long address = alignedSlow(bytes, alignment);
      lane.allocated(address, bytes, alignment, false);
      return address;
    }
  }

  @Override
  public long allocateZeroed(long bytes) {
    Lane lane = recorder.lane();
    if (lane == null) {
      return contents.clearedSlow(heaps.current(), bytes, Long.MAX_VALUE);
    }
    synchronized (lane) {
      lane.requireRoom();
      long address = contents.clearedSlow(heaps.current(), bytes, Long.MAX_VALUE);
      lane.allocated(address, bytes, NO_ALIGNMENT, true);
      return address;
    }
  }

  @Override
  long allocateZeroed(long bytes, long alignment) {
    Lane lane = recorder.lane();
    if (lane == null) {
      return super.allocateZeroed(bytes, alignment);
    }
    synchronized (lane) {
      lane.requireRoom();
      long address = super.allocateZeroed(bytes, alignment);
      lane.allocated(address, bytes, alignment, true);
      return address;
    }
  }

  @Override
  public long reallocate(long address, long bytes) {
    Lane lane = laneFor(address);
    if (lane == null) {
      return super.reallocate(address, bytes);
    }
    synchronized (lane) {
      lane.requireRoom();
      lane.resizing(address);
      try {
        long moved = super.reallocate(address, bytes);
        lane.resized(moved, bytes);
        return moved;
      } catch (Throwable refused) {
        lane.refused(address);
        throw refused;
      }
    }
  }

  @Override
  public void free(long address) {
    Lane lane = laneFor(address);
    if (lane == null) {
      operations.free(frees, address);
      return;
    }
    synchronized (lane) {
      lane.requireRoom();
      lane.freeing(address);
      try {
        operations.free(frees, address);
      } catch (Throwable refused) {
        lane.refused(address);
        throw refused;
      }
    }
  }

  @Override
  public void freeSized(long address, long bytes) {
    Lane lane = laneFor(address);
    if (lane == null) {
      super.freeSized(address, bytes);
      return;
    }
    synchronized (lane) {
      lane.requireRoom();
      lane.freeing(address);
      try {
        super.freeSized(address, bytes);
      } catch (Throwable refused) {
        lane.refused(address);
        throw refused;
      }
    }
  }

  private @Nullable Lane laneFor(long address) {
    return address % BLOCK_ALIGNMENT == 0 ? recorder.lane() : null;
  }

  /** The recording ends first: its file is whole when the close returns. */
  @Override
  public void close() {
    if (!SharedAllocator.is(this)) {
      recorder.close();
    }
    super.close();
  }
}
