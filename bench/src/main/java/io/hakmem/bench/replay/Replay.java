package io.hakmem.bench.replay;

import io.hakmem.bench.peer.Subject;
import io.hakmem.bench.trace.Events;
import io.hakmem.bench.workload.Workload;

/** The events of a recorded program as a load. */
public interface Replay extends Workload {

  /** Makes all calls in their order on one thread. */
  static Replay onOneThread(Events events) {
    return events.isPlain() ? Trace.of(events) : new ThreadedReplay(events, 1);
  }

  /** Makes each call on the thread that made it, after the calls that it depends on. */
  static Replay onOwnThreads(Events events) {
    return events.threads() == 1
        ? onOneThread(events)
        : new ThreadedReplay(events, events.threads());
  }

  /**
   * Replays untimed with every block filled by a pattern of its own.
   *
   * @param verify whether to check each block before its free
   * @throws IllegalStateException if a block was overwritten; the message names slot and event
   */
  Footprint footprint(Subject subject, boolean verify, ResidentBlocks resident);
}
