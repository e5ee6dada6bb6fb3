package io.hakmem.bench.subject;

import io.hakmem.bench.peer.Blocks;
import io.hakmem.bench.peer.Functions;
import io.hakmem.bench.peer.NativePeer;
import io.hakmem.bench.peer.Subject;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/** An allocator behind method handles: native ones by critical downcalls. */
record NativeSubject(NativePeer peer) implements Subject {

  private static final AtomicReference<NativePeer> CHOSEN = new AtomicReference<>();

  NativeSubject {
    if (!CHOSEN.compareAndSet(null, peer) && CHOSEN.get() != peer) {
      throw new IllegalStateException("one JVM runs one native allocator, here " + CHOSEN.get());
    }
  }

  @Override
  public Blocks blocks() {
    return new Calls();
  }

  @Override
  public long usableSize(long address) {
    return Calls.usableSize(address);
  }

  @Override
  public String composition() {
    return peer == NativePeer.UNSAFE
        ? Functions.UNSAFE + "." + peer.allocate
        : peer.allocate + " through critical downcalls";
  }

  @Override
  public void trim() {
    Calls.trim();
  }

  /** The handles must be constants to be inlined; the peer is therefore chosen before. */
  private static final class Calls implements Blocks {

    private static final Functions FUNCTIONS = Functions.of(Objects.requireNonNull(CHOSEN.get()));

    @Override
    public long allocate(long bytes) {
      try {
        return (long) FUNCTIONS.allocate().invokeExact(bytes);
      } catch (Throwable e) {
        throw failed(e);
      }
    }

    @Override
    public void free(long address) {
      try {
        FUNCTIONS.free().invokeExact(address);
      } catch (Throwable e) {
        throw failed(e);
      }
    }

    @Override
    public long reallocate(long address, long bytes) {
      try {
        return (long) FUNCTIONS.reallocate().invokeExact(address, bytes);
      } catch (Throwable e) {
        throw failed(e);
      }
    }

    static long usableSize(long address) {
      try {
        return (long) FUNCTIONS.usableSize().invokeExact(address);
      } catch (Throwable e) {
        throw failed(e);
      }
    }

    static void trim() {
      try {
        FUNCTIONS.trim().invokeExact();
      } catch (Throwable e) {
        throw failed(e);
      }
    }

    private static IllegalStateException failed(Throwable cause) {
      return new IllegalStateException("a native call failed", cause);
    }
  }
}
