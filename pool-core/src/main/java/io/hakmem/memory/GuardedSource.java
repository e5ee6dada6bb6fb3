package io.hakmem.memory;

import io.hakmem.BoxFailedException;
import io.hakmem.HakmemException;
import io.hakmem.OutOfNativeMemoryException;
import io.hakmem.log.Logs;
import io.hakmem.spi.PageSource;
import io.hakmem.spi.Region;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Calls a page source so that whatever it throws has one meaning: what is asked for is refused as
 * out of memory, and what cannot be given back stays with the caller, who is told so and not
 * interrupted, by no error either. Any thread may call it.
 *
 * <p>It knows which thread is inside of the source, what the log is told of it included: such a
 * thread must not come back into the structures that are about to change.
 */
public final class GuardedSource {

  private static final Logger LOG = Logs.of(GuardedSource.class);

  private final PageSource source;
  private final AtomicLong refusedDecommits = new AtomicLong();
  private final AtomicLong refusedReleases = new AtomicLong();
  private final AtomicLong refusedAdvice = new AtomicLong();

  /** Plain: a reader compares it with itself, and no other thread writes that. */
  private @Nullable Thread inside;

  /** Guards the calls of a source. */
  public GuardedSource(PageSource source) {
    this.source = source;
  }

  /** Whether the calling thread is inside of a call of the source. */
  public boolean isInside() {
    return inside == Thread.currentThread();
  }

  /**
   * Refuses what would change the structures around a call of the source.
   *
   * @throws IllegalStateException if the calling thread is inside of such a call
   */
  public void requireOutside() {
    if (isInside()) {
      throw new IllegalStateException(
          "page source " + name() + " calls the allocator that it serves");
    }
  }

  private String name() {
    Thread outer = inside;
    enter();
    try {
      return source.name();
    } finally {
      inside = outer;
    }
  }

  private void enter() {
    inside = Thread.currentThread();
  }

  private void leave() {
    inside = null;
  }

  /**
   * See {@link PageSource#preferredRegionBytes}.
   *
   * @throws BoxFailedException if it is no size of a region
   */
  public long preferredRegionBytes(long configured) {
    long bytes = source.preferredRegionBytes(configured);
    if (bytes < 1 || bytes % PageSource.GRANULE_BYTES != 0) {
      throw new BoxFailedException(
          "page source "
              + name()
              + " prefers regions of "
              + bytes
              + " bytes, which must be a positive multiple of "
              + PageSource.GRANULE_BYTES);
    }
    return bytes;
  }

  /**
   * See {@link PageSource#reserve}.
   *
   * @throws OutOfNativeMemoryException whatever the reason is, but the end of the caller's stack
   */
  @SuppressWarnings("NullAway") // A source of the program can return what it must not.
  public Region reserve(long bytes) {
    enter();
    try {
      Region region = source.reserve(bytes);
      if (region == null) {
        throw wrongRegion(bytes, "null");
      }
      return region;
    } catch (StackOverflowError end) {
      throw end;
    } catch (Throwable failure) {
      throw refused(bytes, "reserve", failure);
    } finally {
      leave();
    }
  }

  /** For a region that is not what the contract says; {@code what} says why. */
  public OutOfNativeMemoryException wrongRegion(long bytes, String what) {
    return new OutOfNativeMemoryException(
        bytes, "reserve of page source " + name() + " returned " + what);
  }

  /**
   * See {@link PageSource#commit}.
   *
   * @throws OutOfNativeMemoryException whatever the reason is, but the end of the caller's stack
   */
  public void commit(long address, long bytes) {
    enter();
    try {
      source.commit(address, bytes);
    } catch (StackOverflowError end) {
      throw end;
    } catch (Throwable failure) {
      throw refused(bytes, "commit", failure);
    } finally {
      leave();
    }
  }

  /** What already says enough goes on as it is. */
  private HakmemException refused(long bytes, String call, Throwable failure) {
    if (failure instanceof HakmemException clear) {
      return clear;
    }
    OutOfNativeMemoryException refused =
        new OutOfNativeMemoryException(
            bytes, call + " failed in page source " + name() + ": " + failure);
    refused.initCause(failure);
    return refused;
  }

  /** See {@link PageSource#preferHugePages}, which is only a wish, whatever it throws. */
  public void preferHugePages(long address, long bytes) {
    enter();
    try {
      source.preferHugePages(address, bytes);
    } catch (Throwable failure) {
      say("advice for huge pages", bytes, failure, refusedAdvice);
    } finally {
      leave();
    }
  }

  /** See {@link PageSource#preferSmallPages}, which is only a wish, whatever it throws. */
  public void preferSmallPages(long address, long bytes) {
    enter();
    try {
      source.preferSmallPages(address, bytes);
    } catch (Throwable failure) {
      say("advice for small pages", bytes, failure, refusedAdvice);
    } finally {
      leave();
    }
  }

  /** See {@link PageSource#discard}, which is only a wish, whatever it throws. */
  public void discard(long address, long bytes) {
    enter();
    try {
      source.discard(address, bytes);
    } catch (Throwable failure) {
      say("discard", bytes, failure, refusedAdvice);
    } finally {
      leave();
    }
  }

  /** See {@link PageSource#decommitsParts}. */
  public boolean decommitsParts() {
    enter();
    try {
      return source.decommitsParts();
    } finally {
      leave();
    }
  }

  /** See {@link PageSource#zeroedOnCommit}. */
  public boolean zeroedOnCommit() {
    enter();
    try {
      return source.zeroedOnCommit();
    } finally {
      leave();
    }
  }

  /** See {@link PageSource#decommit}; false if the range must be taken for committed still. */
  public boolean decommit(long address, long bytes) {
    enter();
    try {
      source.decommit(address, bytes);
      return true;
    } catch (Throwable failure) {
      say("decommit", bytes, failure, refusedDecommits);
      return false;
    } finally {
      leave();
    }
  }

  /** See {@link PageSource#release}; false if the region is there still. */
  public boolean release(Region region) {
    enter();
    try {
      source.release(region);
      return true;
    } catch (Throwable failure) {
      say("release", region.bytes(), failure, refusedReleases);
      return false;
    } finally {
      leave();
    }
  }

  /**
   * A source that goes on failing is tried often, and must not fill the log. Where the Java heap or
   * the stack is at its end nothing is said, since the caller has to go on: the counters tell it.
   */
  @SuppressWarnings("EmptyCatch")
  private void say(String call, long bytes, Throwable failure, AtomicLong failures) {
    try {
      long count = failures.incrementAndGet();
      if (Long.bitCount(count) == 1) {
        LOG.warn(
            "{} of {} bytes failed in page source {}, to be tried again: {} ({} failures so far)",
            call,
            bytes,
            name(),
            failure.toString(),
            count);
      }
    } catch (Throwable unsaid) {
      // See above.
    }
  }

  /** How often memory could not be given back so far. */
  public long refusedDecommits() {
    return refusedDecommits.get();
  }

  /** How often a region could not be released so far. */
  public long refusedReleases() {
    return refusedReleases.get();
  }

  /** See {@link PageSource#close}, whose exception goes to the caller. */
  public void close() {
    enter();
    try {
      source.close();
    } finally {
      leave();
    }
  }
}
