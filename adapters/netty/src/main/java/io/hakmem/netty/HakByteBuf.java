package io.hakmem.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.GatheringByteChannel;
import java.nio.channels.ScatteringByteChannel;
import org.jspecify.annotations.Nullable;

/**
 * A direct buffer over one block. Bounds and references are checked by what it extends; how memory
 * is reached is the matter of its two kinds, of which a JVM has one.
 *
 * <p>Object and block part when the buffer is released: the object can get another block.
 */
abstract class HakByteBuf extends ValueByteBuf {

  private static final int LONGEST_STEP_BYTES = 64 << 10;

  private final HakByteBufAllocator allocator;

  /**
   * Where the block is, what it weighs in the allocator's count of live bytes, and whether it is
   * gone. They are written where nothing can come between a change and its note: no call, which
   * could find no room on the stack.
   */
  long address;

  int weight;
  boolean isFreed = true;

  /** The next buffer whose block could not be given back; guarded by the allocator. */
  @Nullable HakByteBuf nextUnfreed;

  /** Where the object goes when its block is gone; null leaves it to the garbage collector. */
  Spares.@Nullable Stack home;

  /** The next one there, and how many there are with this one; the stack's alone. */
  @Nullable HakByteBuf nextSpare;

  int spares;

  private int capacity;

  /** A view of all of the block, kept so that I/O makes none. */
  private @Nullable ByteBuffer view;

  HakByteBuf(HakByteBufAllocator allocator) {
    this.allocator = allocator;
  }

  /** The object has its block: one reference, and indices at 0. */
  final void begin(int bytes, int most) {
    capacity = bytes;
    maxCapacity(most);
    view = null;
    forget();
    resetRefCnt();
    setIndex(0, 0);
    markReaderIndex();
    markWriterIndex();
  }

  /** Forgets what else is known of where the block was. */
  abstract void forget();

  abstract void load(int index, byte[] to, int toIndex, int bytes);

  abstract void store(int index, byte[] from, int fromIndex, int bytes);

  /** Overwrites bytes of the block with zeros. */
  abstract void clear(int index, int bytes);

  /** A new view of bytes of the block, big endian. */
  abstract ByteBuffer newView(int index, int bytes);

  /** What an error cuts off in front of this, in Netty's own calls, is Netty's to lose. */
  @Override
  protected final void deallocate() {
    capacity = 0;
    view = null;
    try {
      allocator.giveBack(this);
    } catch (Throwable thrown) {
      synchronized (allocator) { // No call: there may be no room for one.
        nextUnfreed = allocator.unfreed;
        allocator.unfreed = this;
      }
      throw thrown;
    }
    Spares.Stack stack = home;
    if (stack != null) {
      stack.put(this);
    }
  }

  @Override
  public final int capacity() {
    return capacity;
  }

  @Override
  public final ByteBuf capacity(int newCapacity) {
    checkNewCapacity(newCapacity);
    if (newCapacity != capacity) {
      trimIndicesToCapacity(newCapacity); // As Netty does: no index lies behind a smaller block.
      view = null;
      forget();
      address = allocator.reallocate(address, newCapacity);
      capacity = newCapacity;
      allocator.recount(this);
    }
    return this;
  }

  @Override
  public final ByteBufAllocator alloc() {
    return allocator;
  }

  @Override
  @Deprecated
  @SuppressWarnings("InlineMeSuggester") // Deprecated by Netty, whose callers ask still.
  public final ByteOrder order() {
    return ByteOrder.BIG_ENDIAN;
  }

  @Override
  public final @Nullable ByteBuf unwrap() {
    return null;
  }

  @Override
  public final boolean isDirect() {
    return true;
  }

  @Override
  public final boolean isContiguous() {
    return true;
  }

  @Override
  public final boolean hasArray() {
    return false;
  }

  @Override
  public final byte[] array() {
    throw new UnsupportedOperationException("a direct buffer has no array");
  }

  @Override
  public final int arrayOffset() {
    throw new UnsupportedOperationException("a direct buffer has no array");
  }

  @Override
  public final boolean hasMemoryAddress() {
    return true;
  }

  @Override
  public final long memoryAddress() {
    ensureAccessible();
    return address;
  }

  @Override
  public final ByteBuf getBytes(int index, ByteBuf target, int targetIndex, int length) {
    checkDstIndex(index, length, targetIndex, target.capacity());
    if (target.hasArray()) {
      load(index, target.array(), target.arrayOffset() + targetIndex, length);
    } else {
      target.setBytes(targetIndex, newView(index, length));
    }
    return this;
  }

  @Override
  public final ByteBuf getBytes(int index, byte[] target, int targetIndex, int length) {
    checkDstIndex(index, length, targetIndex, target.length);
    load(index, target, targetIndex, length);
    return this;
  }

  @Override
  public final ByteBuf getBytes(int index, ByteBuffer target) {
    checkIndex(index, target.remaining());
    target.put(newView(index, target.remaining()));
    return this;
  }

  @Override
  public final ByteBuf getBytes(int index, OutputStream target, int length) throws IOException {
    checkIndex(index, length);
    byte[] step = new byte[Math.min(length, LONGEST_STEP_BYTES)];
    for (int done = 0; done < length; done += step.length) {
      int bytes = Math.min(step.length, length - done);
      load(index + done, step, 0, bytes);
      target.write(step, 0, bytes);
    }
    return this;
  }

  @Override
  public final int getBytes(int index, GatheringByteChannel target, int length) throws IOException {
    return target.write(nioBuffer(index, length));
  }

  @Override
  public final int getBytes(int index, FileChannel target, long position, int length)
      throws IOException {
    return target.write(nioBuffer(index, length), position);
  }

  @Override
  public final int readBytes(GatheringByteChannel target, int length) throws IOException {
    checkReadableBytes(length);
    int bytes = target.write(internalNioBuffer(readerIndex(), length));
    readerIndex(readerIndex() + bytes);
    return bytes;
  }

  @Override
  public final ByteBuf setBytes(int index, ByteBuf source, int sourceIndex, int length) {
    checkSrcIndex(index, length, sourceIndex, source.capacity());
    if (source.hasArray()) {
      store(index, source.array(), source.arrayOffset() + sourceIndex, length);
    } else {
      source.getBytes(sourceIndex, newView(index, length));
    }
    return this;
  }

  @Override
  public final ByteBuf setBytes(int index, byte[] source, int sourceIndex, int length) {
    checkSrcIndex(index, length, sourceIndex, source.length);
    store(index, source, sourceIndex, length);
    return this;
  }

  @Override
  public final ByteBuf setBytes(int index, ByteBuffer source) {
    checkIndex(index, source.remaining());
    newView(index, source.remaining()).put(source);
    return this;
  }

  @Override
  public final int setBytes(int index, InputStream source, int length) throws IOException {
    checkIndex(index, length);
    byte[] step = new byte[Math.min(length, LONGEST_STEP_BYTES)];
    int bytes = source.read(step);
    if (bytes > 0) {
      store(index, step, 0, bytes);
    }
    return bytes;
  }

  @Override
  public final int setBytes(int index, ScatteringByteChannel source, int length)
      throws IOException {
    try {
      return source.read(internalNioBuffer(index, length));
    } catch (ClosedChannelException end) {
      return -1;
    }
  }

  @Override
  public final int setBytes(int index, FileChannel source, long position, int length)
      throws IOException {
    try {
      return source.read(internalNioBuffer(index, length), position);
    } catch (ClosedChannelException end) {
      return -1;
    }
  }

  @Override
  public final ByteBuf setZero(int index, int length) {
    checkIndex(index, length);
    clear(index, length);
    return this;
  }

  @Override
  public final ByteBuf copy(int index, int length) {
    checkIndex(index, length);
    return allocator.directBuffer(length, maxCapacity()).writeBytes(this, index, length);
  }

  @Override
  public final int nioBufferCount() {
    return 1;
  }

  @Override
  public final ByteBuffer nioBuffer(int index, int length) {
    checkIndex(index, length);
    return newView(index, length);
  }

  @Override
  public final ByteBuffer[] nioBuffers(int index, int length) {
    return new ByteBuffer[] {nioBuffer(index, length)};
  }

  /** Not for two threads at a time, as Netty says. */
  @Override
  public final ByteBuffer internalNioBuffer(int index, int length) {
    checkIndex(index, length);
    ByteBuffer all = view;
    if (all == null) {
      all = newView(0, capacity);
      view = all;
    }
    return all.limit(index + length).position(index);
  }
}
