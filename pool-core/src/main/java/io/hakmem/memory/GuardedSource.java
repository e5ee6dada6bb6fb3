package io.hakmem.memory;

import io.hakmem.HakmemException;
import io.hakmem.OutOfNativeMemoryException;
import io.hakmem.spi.PageSource;
import io.hakmem.spi.Region;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls a page source so that whatever it throws has one meaning: what is asked for is refused as
 * out of memory, and what cannot be given back stays with the caller, who is told so and not
 * interrupted. Any thread may call it.
 */
public final class GuardedSource {

  private static final Logger LOG = LoggerFactory.getLogger(GuardedSource.class);

  private final PageSource source;
  private final LongAdder refusedDecommits = new LongAdder();
  private final LongAdder refusedReleases = new LongAdder();

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
    } catch (RuntimeException failure) {
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
    } catch (RuntimeException failure) {
      throw refused(bytes, "commit", failure);
    }
  }

  /** What already says enough goes on as it is. */
  private HakmemException refused(long bytes, String call, RuntimeException failure) {
    if (failure instanceof HakmemException clear) {
      return clear;
    }
    OutOfNativeMemoryException refused =
        new OutOfNativeMemoryException(
            bytes, "%s failed in page source %s: %s".formatted(call, source.name(), failure));
    refused.initCause(failure);
    return refused;
  }

  /** See {@link PageSource#preferHugePages}, which is only a wish. */
  public void preferHugePages(long address, long bytes) {
    try {
      source.preferHugePages(address, bytes);
    } catch (RuntimeException failure) {
      LOG.debug("no huge pages: {}", failure.toString());
    }
  }

  /** See {@link PageSource#decommit}; false if the range must be taken for committed still. */
  public boolean decommit(long address, long bytes) {
    try {
      source.decommit(address, bytes);
      return true;
    } catch (RuntimeException failure) {
      say("decommit", bytes, failure, refusedDecommits);
      return false;
    }
  }

  /** See {@link PageSource#release}; false if the region is there still. */
  public boolean release(Region region) {
    try {
      source.release(region);
      return true;
    } catch (RuntimeException failure) {
      say("release", region.bytes(), failure, refusedReleases);
      return false;
    }
  }

  /** A source that goes on failing is tried often, and must not fill the log. */
  private void say(String call, long bytes, RuntimeException failure, LongAdder failures) {
    failures.increment();
    long count = failures.sum();
    if (Long.bitCount(count) == 1) {
      LOG.warn(
          "{} of {} bytes failed in page source {}, to be tried again: {} ({} failures so far)",
          call,
          bytes,
          source.name(),
          failure.toString(),
          count);
    }
  }

  /** How often memory could not be given back so far. */
  public long refusedDecommits() {
    return refusedDecommits.sum();
  }

  /** How often a region could not be released so far. */
  public long refusedReleases() {
    return refusedReleases.sum();
  }

  /** See {@link PageSource#close}, whose exception goes to the caller. */
  public void close() {
    source.close();
  }
}
