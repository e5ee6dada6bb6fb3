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
      LOG.debug("no huge pages at 0x{}", Long.toHexString(address), failure);
    }
  }

  /** See {@link PageSource#decommit}; false if the range must be taken for committed still. */
  public boolean decommit(long address, long bytes) {
    try {
      source.decommit(address, bytes);
      return true;
    } catch (RuntimeException failure) {
      refusedDecommits.increment();
      LOG.warn("decommit failed, {} bytes are kept and tried again later", bytes, failure);
      return false;
    }
  }

  /** See {@link PageSource#release}; false if the region is there still. */
  public boolean release(Region region) {
    try {
      source.release(region);
      return true;
    } catch (RuntimeException failure) {
      refusedReleases.increment();
      LOG.warn("release failed, {} bytes are tried again later", region.bytes(), failure);
      return false;
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
