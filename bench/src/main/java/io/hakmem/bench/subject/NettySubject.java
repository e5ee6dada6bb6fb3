package io.hakmem.bench.subject;

import io.hakmem.bench.peer.Blocks;
import io.hakmem.bench.peer.ObjectTable;
import io.hakmem.bench.peer.Subject;
import io.netty.buffer.AdaptiveByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.netty.util.internal.PlatformDependent;
import java.util.concurrent.ThreadFactory;

/**
 * Netty's allocators on threads of Netty's kind, with direct buffers of fixed capacity. Measured
 * are the buffer object with its reference count, and the table that leads from a block to its
 * buffer; reading and writing are not, since the loads touch memory by its address.
 */
final class NettySubject implements Subject {

  private final ObjectTable<ByteBuf> buffers = new ObjectTable<>();
  private final ByteBufAllocator allocator;

  NettySubject(ByteBufAllocator allocator) {
    if (!PlatformDependent.hasUnsafe()) {
      throw new IllegalStateException(
          "Netty runs at its best only with --sun-misc-unsafe-memory-access=allow", unavailable());
    }
    this.allocator = allocator;
  }

  private static Throwable unavailable() {
    return PlatformDependent.getUnsafeUnavailabilityCause();
  }

  static ByteBufAllocator adaptive() {
    return new AdaptiveByteBufAllocator(true, true);
  }

  static ByteBufAllocator pooled() {
    return new PooledByteBufAllocator(true);
  }

  @Override
  public ThreadFactory threads() {
    return FastThreadLocalThread::new;
  }

  @Override
  public Blocks blocks() {
    return new Buffers(allocator, buffers.places());
  }

  @Override
  public String composition() {
    return "Netty " + allocator.getClass().getSimpleName();
  }

  @Override
  public void trim() {
    if (allocator instanceof PooledByteBufAllocator pooled) {
      pooled.trimCurrentThreadCache();
    }
  }

  private record Buffers(ByteBufAllocator allocator, ObjectTable<ByteBuf>.Places places)
      implements ObjectTable.Moving {

    @Override
    public long allocate(long bytes) {
      int capacity = (int) bytes + ObjectTable.HEADER_BYTES;
      ByteBuf buffer = allocator.directBuffer(capacity, capacity);
      return places.keep(buffer, buffer.memoryAddress(), bytes);
    }

    @Override
    public void free(long address) {
      places.take(address).release();
    }
  }
}
