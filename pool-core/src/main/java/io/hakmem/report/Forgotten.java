package io.hakmem.report;

import io.hakmem.guard.Site;
import io.hakmem.log.Logs;
import java.lang.ref.Cleaner;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Says once that an allocator was collected without a close. It frees nothing: addresses and
 * segments of the allocator may still be in use, and nobody can know. It refers to nothing of the
 * allocator, which could never be collected else. Any thread.
 */
public final class Forgotten implements Runnable {

  private static final Logger LOG = Logs.of(Forgotten.class);

  /** Made with the first allocator; guarded by this class. */
  private static @Nullable Cleaner cleaner;

  private final String name;
  private final Site maker;
  private volatile boolean isClosed;

  /** For an allocator that the caller makes for the program. */
  public Forgotten(String name) {
    this.name = name;
    this.maker = Site.ofCaller();
  }

  /** Watches the allocator from now on, if the JVM has a thread for it. */
  public void watch(Object allocator) {
    try {
      cleaner().register(allocator, this);
    } catch (Throwable refused) { // The allocator is of use without it.
      LOG.debug("allocator {} is not watched: {}", name, refused.toString());
    }
  }

  private static synchronized Cleaner cleaner() {
    Cleaner made = cleaner;
    if (made == null) {
      made = Cleaner.create();
      cleaner = made;
    }
    return made;
  }

  /** The program has closed it. Throws nothing, at the end of the stack neither. */
  public void closed() {
    isClosed = true;
  }

  /** Whether the program has closed it. */
  public boolean isClosed() {
    return isClosed;
  }

  /** The allocator was collected. */
  @Override
  public void run() {
    if (!isClosed) {
      LOG.warn(
          "allocator {} was collected and never closed: its memory stays taken until the JVM ends;"
              + " it was made at {}",
          name,
          maker);
    }
  }
}
