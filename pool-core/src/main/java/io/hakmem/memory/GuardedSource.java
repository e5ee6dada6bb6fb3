package io.hakmem.memory;

import io.hakmem.HakmemException;
import io.hakmem.OutOfNativeMemoryException;
import io.hakmem.spi.PageSource;
import io.hakmem.spi.Region;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls a page source so that whatever it throws has one meaning: what is asked for is refused as
 * out of memory, and what cannot be given back stays with the caller, who is told so and not
 * interrupted, by no error either. Any thread may call it.
 */
public final class GuardedSource {

  private static final Logger LOG = LoggerFactory.getLogger(GuardedSource.class);

  private final PageSource source;
  private final AtomicLong refusedDecommits = new AtomicLong();
  private final AtomicLong refusedReleases = new AtomicLong();
  private final AtomicLong refusedAdvice = new AtomicLong();

  /** Guards the calls of a source. */
  public GuardedSource(PageSource source) {
    this.source = source;
  }

  /** See {@link PageSource#preferredRegionBytes}. */
  public long preferredRegionBytes(long configured) {
    return source.preferredRegionBytes(configured);
  }

  /**
   * See {@link PageSource#reserve}.
   *
   * @throws OutOfNativeMemoryException whatever the reason is
   */
  public Region reserve(long bytes) {
    try {
      return source.reserve(bytes);
    } catch (RuntimeException | OutOfMemoryError failure) {
      throw refused(bytes, "reserve", failure);
    }
  }

  /**
   * See {@link PageSource#commit}.
   *
   * @throws OutOfNativeMemoryException whatever the reason is
   */
  public void commit(long address, long bytes) {
    try {
      source.commit(address, bytes);
    } catch (RuntimeException | OutOfMemoryError failure) {
      throw refused(bytes, "commit", failure);
    }
  }

  /** What already says enough goes on as it is. */
  private HakmemException refused(long bytes, String call, Throwable failure) {
    if (failure instanceof HakmemException clear) {
      return clear;
    }
    OutOfNativeMemoryException refused =
        new OutOfNativeMemoryException(
            bytes, "%s failed in page source %s: %s".formatted(call, source.name(), failure));
    refused.initCause(failure);
    return refused;
  }

  /** See {@link PageSource#preferHugePages}, which is only a wish, whatever it throws. */
  public void preferHugePages(long address, long bytes) {
    try {
      source.preferHugePages(address, bytes);
    } catch (Throwable failure) {
      say("advice for huge pages", bytes, failure, refusedAdvice);
    }
  }

  /** See {@link PageSource#preferSmallPages}, which is only a wish, whatever it throws. */
  public void preferSmallPages(long address, long bytes) {
    try {
      source.preferSmallPages(address, bytes);
    } catch (Throwable failure) {
      say("advice for small pages", bytes, failure, refusedAdvice);
    }
  }

  /** See {@link PageSource#discard}, which is only a wish, whatever it throws. */
  public void discard(long address, long bytes) {
    try {
      source.discard(address, bytes);
    } catch (Throwable failure) {
      say("discard", bytes, failure, refusedAdvice);
    }
  }

  /** See {@link PageSource#decommitsParts}. */
  public boolean decommitsParts() {
    return source.decommitsParts();
  }

  /** See {@link PageSource#zeroedOnCommit}. */
  public boolean zeroedOnCommit() {
    return source.zeroedOnCommit();
  }

  /** See {@link PageSource#decommit}; false if the range must be taken for committed still. */
  public boolean decommit(long address, long bytes) {
    try {
      source.decommit(address, bytes);
      return true;
    } catch (Throwable failure) {
      say("decommit", bytes, failure, refusedDecommits);
      return false;
    }
  }

  /** See {@link PageSource#release}; false if the region is there still. */
  public boolean release(Region region) {
    try {
      source.release(region);
      return true;
    } catch (Throwable failure) {
      say("release", region.bytes(), failure, refusedReleases);
      return false;
    }
  }

  /**
   * A source that goes on failing is tried often, and must not fill the log. Where the Java heap or
   * the stack is at its end nothing is said, since the caller has to go on: the counters tell it.
   */
  @SuppressWarnings("EmptyCatch")
  private void say(String call, long bytes, Throwable failure, AtomicLong failures) {
    long count = failures.incrementAndGet();
    try {
      if (Long.bitCount(count) == 1) {
        LOG.warn(
            "{} of {} bytes failed in page source {}, to be tried again: {} ({} failures so far)",
            call,
            bytes,
            source.name(),
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
    source.close();
  }
}
