package io.hakmem.bench.option;

import io.hakmem.bench.replay.Replay;
import io.hakmem.bench.trace.Events;
import java.nio.file.Path;

/** How commands take traces. */
public final class TraceOptions {

  private static final String RECORDED = "recorded";

  private TraceOptions() {}

  /**
   * The replay on so many threads.
   *
   * @param threads {@code recorded}, 1 or the number that the trace has
   */
  public static Replay replay(Events events, String threads, CallOptions call) {
    if (threads.equals("1")) {
      return Replay.onOneThread(events);
    }
    if (!threads.equals(RECORDED) && !threads.equals(Integer.toString(events.threads()))) {
      throw call.wrong(
          "--threads=%s must be 1, recorded or the %d of the trace"
              .formatted(threads, events.threads()));
    }
    if (events.threads() > CallOptions.MAX_THREADS) {
      throw call.wrong(
          "--threads=%s: the trace has %d threads, at most %d can run"
              .formatted(threads, events.threads(), CallOptions.MAX_THREADS));
    }
    return Replay.onOwnThreads(events);
  }

  /** Says what should be known of a trace, on standard error. */
  public static void warn(Events events, Path file, CallOptions call) {
    events.warnings().forEach(sentence -> call.err().println("hakmem: " + file + ": " + sentence));
    call.err().flush();
  }
}
