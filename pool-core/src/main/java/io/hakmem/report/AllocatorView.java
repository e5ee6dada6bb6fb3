package io.hakmem.report;

import io.hakmem.HakAllocatorMXBean.Snapshot;
import io.hakmem.Leak;
import java.util.List;

/**
 * What can be told of an allocator without the object that its program holds: whoever keeps a view
 * does not keep the program from losing the allocator. Any thread may ask, also after the close.
 */
public interface AllocatorView {

  /** Whether the program has closed the allocator. */
  boolean isClosed();

  /** The allocator's name in messages. */
  String name();

  /** Parts, classes and gates, a line each. */
  String composition();

  /** Figures of the moment. */
  Snapshot stats();

  /** What callers hold of what is tracked, by the place that allocated it, the most bytes first. */
  List<Leak> liveSites();

  /** Whether any blocks are tracked, all or samples. */
  boolean isTracked();

  /**
   * Gives unused memory back; returns the bytes.
   *
   * @throws io.hakmem.AllocatorClosedException after the close
   */
  long trim();
}
