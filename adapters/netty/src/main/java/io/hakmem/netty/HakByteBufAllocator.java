package io.hakmem.netty;

import io.hakmem.AllocatorClosedException;
import io.hakmem.BlockDamagedException;
import io.hakmem.HakAllocator;
import io.hakmem.OutOfNativeMemoryException;
import io.hakmem.RawMemory;
import io.hakmem.Stats;
import io.hakmem.adapter.DeferredClose;
import io.hakmem.adapter.HostLibrary;
import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocatorMetric;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.Version;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Direct buffers of Netty in memory of HAKMEM; heap buffers come from a pool of Netty's own. Any
 * thread may call any method, and a buffer may be released by another thread than the one that
 * allocated it.
 *
 * <pre>{@code
 * bootstrap.childOption(ChannelOption.ALLOCATOR, allocator);
 * }</pre>
 *
 * <p>It makes a {@link HakAllocator} of its own and takes none, nor the interface of one: whoever
 * closed it would unmap memory that buffers reach by addresses. So memory stays mapped as long as a
 * buffer lives. Where an allocation is refused, by the limit or the system, the call throws {@link
 * OutOfMemoryError}, as Netty's allocators do; its cause is the {@link OutOfNativeMemoryException}.
 *
 * <p>A buffer that was released throws {@link io.netty.util.IllegalReferenceCountException}. As
 * with Netty's pools, its object may be used again: who goes on using it is noticed only until
 * then.
 */
public final class HakByteBufAllocator extends AbstractByteBufAllocator
    implements ByteBufAllocatorMetricProvider, ByteBufAllocatorMetric, AutoCloseable {

  private static final HostLibrary NETTY = new HostLibrary("hakmem-netty", "netty-buffer", netty());

  private static final String LEAST_NETTY = "4.2";

  private final boolean isRaw;

  /** The class and not its interface: each buffer calls it twice, and what is found is inlined. */
  private final HakAllocator memory;

  private final PooledByteBufAllocator heapBuffers = new PooledByteBufAllocator(false);
  private final Spares spares = new Spares();

  /** What {@link #counted} says of all live buffers. */
  private final DeferredClose used;

  /**
   * Buffers that nobody has any more and whose blocks are to be given back, since an error broke
   * that off. Guarded by this, but for who only looks whether there is one.
   */
  @Nullable HakByteBuf unfreed;

  /**
   * Over an allocator of the profile {@code THROUGHPUT}, composed from the environment and the
   * system properties.
   */
  public HakByteBufAllocator() {
    this(HakAllocator.builder().profile("THROUGHPUT"));
  }

  /**
   * Over an allocator that the builder makes. Its limit is that of all direct buffers.
   *
   * @throws io.hakmem.SettingsException if a gate or value is not accepted
   * @throws IllegalStateException if a needed module is absent, or if Netty is too old
   */
  public HakByteBufAllocator(HakAllocator.Builder builder) {
    this(builder, RawMemory.isEnabled());
  }

  HakByteBufAllocator(HakAllocator.Builder builder, boolean isRaw) {
    NETTY.requireAtLeast(LEAST_NETTY);
    super(true);
    this.isRaw = isRaw;
    memory = builder.build();
    used = new DeferredClose(memory::close, "the allocator of buffers");
  }

  /** A direct buffer; so are those of the other two calls, also where Netty cannot use Unsafe. */
  @Override
  public ByteBuf buffer() {
    return directBuffer();
  }

  @Override
  public ByteBuf buffer(int initialCapacity) {
    return directBuffer(initialCapacity);
  }

  @Override
  public ByteBuf buffer(int initialCapacity, int maxCapacity) {
    return directBuffer(initialCapacity, maxCapacity);
  }

  @Override
  public CompositeByteBuf compositeBuffer() {
    return compositeDirectBuffer();
  }

  @Override
  public CompositeByteBuf compositeBuffer(int maxNumComponents) {
    return compositeDirectBuffer(maxNumComponents);
  }

  /** The object comes first: behind the block there is nothing that could lose it. */
  @Override
  protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
    if (unfreed != null) {
      freeUnfreed();
    }
    HakByteBuf plain = newPlain();
    ByteBuf made = null;
    try {
      allocate(plain, counted(initialCapacity));
      plain.begin(initialCapacity, maxCapacity);
      made = toLeakAwareBuffer(plain);
    } catch (LinkageError missing) {
      throw NETTY.unfit(missing);
    } finally {
      if (made == null) {
        synchronized (this) { // No call: there may be no room for one.
          plain.nextUnfreed = unfreed;
          unfreed = plain;
        }
        freeAtOnceOrLater();
      }
    }
    return made;
  }

  /** Null in a jar of many that lost what Netty says of itself. */
  private static @Nullable String netty() {
    Version version = Version.identify(ByteBuf.class.getClassLoader()).get("netty-buffer");
    return version == null ? null : version.artifactVersion();
  }

  /** An object without a block. */
  private HakByteBuf newPlain() {
    try {
      Spares.Stack home = spares.ofThread();
      HakByteBuf spare = home == null ? null : home.take();
      if (spare == null) {
        spare = newBuffer();
        spare.home = home;
      }
      return spare;
    } catch (LinkageError missing) {
      throw NETTY.unfit(missing);
    }
  }

  private HakByteBuf newBuffer() {
    return isRaw ? new RawByteBuf(this) : new SegmentByteBuf(this);
  }

  @Override
  protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
    return heapBuffers.heapBuffer(initialCapacity, maxCapacity);
  }

  /** A buffer without capacity has a block too, of one byte. */
  private static int counted(int capacity) {
    return Math.max(1, capacity);
  }

  /** What throws here leaves in the buffer what there is to be given back. */
  private void allocate(HakByteBuf buffer, int bytes) {
    used.begin(bytes);
    buffer.weight = bytes;
    try {
      buffer.address = memory.allocate(bytes);
    } catch (OutOfNativeMemoryException refused) {
      throw outOfMemory(refused);
    }
    buffer.isFreed = false;
  }

  private static OutOfMemoryError outOfMemory(OutOfNativeMemoryException refused) {
    OutOfMemoryError error = new OutOfMemoryError(refused.getMessage());
    error.initCause(refused);
    return error;
  }

  /** Also after the close: the buffer lives. If it throws, the old block is live still. */
  long reallocate(long address, int newCapacity) {
    try {
      return memory.reallocate(address, counted(newCapacity));
    } catch (OutOfNativeMemoryException refused) {
      throw outOfMemory(refused);
    }
  }

  /** Counts a buffer by the capacity that it has now. */
  void recount(HakByteBuf buffer) {
    int weight = counted(buffer.capacity());
    used.change(buffer.weight, weight);
    buffer.weight = weight;
  }

  /**
   * Gives back what the buffer has of its block, and goes on where another call was broken off. A
   * block that full checks find damaged is gone all the same.
   */
  void giveBack(HakByteBuf buffer) {
    BlockDamagedException damage = null;
    if (!buffer.isFreed) {
      try {
        memory.free(buffer.address);
      } catch (BlockDamagedException found) {
        damage = found;
      }
      buffer.isFreed = true;
    }
    if (buffer.weight != 0) {
      used.end(buffer.weight);
      buffer.weight = 0;
    }
    if (damage != null) {
      throw damage;
    }
  }

  /** Whoever calls it throws already; what is left is for the next call. */
  @SuppressWarnings("EmptyCatch")
  private void freeAtOnceOrLater() {
    try {
      freeUnfreed();
    } catch (Throwable later) {
      // It is still in the list.
    }
  }

  /** Gives back what an error kept from it. */
  private void freeUnfreed() {
    HakByteBuf buffer = nextUnfreed();
    while (buffer != null) {
      try {
        giveBack(buffer);
      } catch (Throwable thrown) {
        synchronized (this) {
          buffer.nextUnfreed = unfreed;
          unfreed = buffer;
        }
        throw thrown;
      }
      buffer = nextUnfreed();
    }
  }

  private synchronized @Nullable HakByteBuf nextUnfreed() {
    HakByteBuf first = unfreed;
    if (first != null) {
      unfreed = first.nextUnfreed;
      first.nextUnfreed = null;
    }
    return first;
  }

  MemorySegment segment(long address, int bytes) {
    return memory.blockAt(address).asSlice(0, bytes);
  }

  @Override
  public boolean isDirectBufferPooled() {
    return true;
  }

  /** The figures of {@link #usedDirectMemory} and {@link #usedHeapMemory}. */
  @Override
  public ByteBufAllocatorMetric metric() {
    return this;
  }

  /** Bytes of the capacities of all live direct buffers, quickly and to the byte. */
  @Override
  public long usedDirectMemory() {
    return used.live();
  }

  /** Bytes that Netty's pool of heap buffers holds. */
  @Override
  public long usedHeapMemory() {
    return heapBuffers.metric().usedHeapMemory();
  }

  /** All figures of the allocator behind the direct buffers; it looks at every page. */
  public Stats stats() {
    return memory.stats();
  }

  /** Bytes of memory taken from the system for direct buffers; quick. */
  public long committedBytes() {
    return memory.committedBytes();
  }

  /** Whether an address lies in memory of this allocator; any long is a valid question. */
  public boolean owns(long address) {
    return memory.owns(address);
  }

  /**
   * Gives back what the calling thread keeps and does not use. Memory goes back by itself as well;
   * this is for event loops whose timers call it where {@code HAKMEM_PURGE_THREAD} is off.
   *
   * @throws AllocatorClosedException after all memory was given back
   */
  public void collect() {
    freeUnfreed();
    memory.collect();
  }

  /** Gives all unused memory back to the system; returns the bytes. */
  public long trim() {
    freeUnfreed();
    return memory.trim();
  }

  /**
   * Refuses new buffers from now on, with {@link AllocatorClosedException}. Buffers that live stay
   * usable; with the release of the last one all memory goes back, and at once if none lives.
   * Idempotent.
   */
  @Override
  public void close() {
    used.close();
    freeUnfreed();
  }
}
