package io.hakmem.report;

import io.hakmem.event.Figures;
import io.hakmem.log.Logs;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import jdk.jfr.FlightRecorder;
import jdk.jfr.FlightRecorderListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Writes the figures of open allocators into recordings of Flight Recorder that want them, at the
 * beginning and the end of each chunk, and so whenever one is dumped. Nothing is paid before
 * somebody has started Flight Recorder. Any thread.
 */
public final class FigureEvents {

  private static final Logger LOG = Logs.of(FigureEvents.class);

  /** Guarded by this class. */
  private static final List<WeakReference<AllocatorView>> OPEN = new ArrayList<>();

  /** Guarded by this class. */
  private static boolean listens;

  private FigureEvents() {}

  /** The allocator's figures are written from now on until it is closed. */
  public static synchronized void opened(AllocatorView allocator) {
    OPEN.removeIf(each -> open(each) == null);
    OPEN.add(new WeakReference<>(allocator));
    if (!listens) {
      FlightRecorder.addListener(
          new FlightRecorderListener() {
            @Override
            public void recorderInitialized(FlightRecorder recorder) {
              FlightRecorder.addPeriodicEvent(Figures.class, FigureEvents::write);
            }
          });
      listens = true;
    }
  }

  private static void write() {
    open().forEach(FigureEvents::write);
  }

  /** One whose box cannot tell its figures leaves those of the others. */
  private static void write(AllocatorView allocator) {
    try {
      Figures.write(allocator.name(), allocator.stats());
    } catch (Throwable untold) {
      LOG.debug("no figures of allocator {}: {}", allocator.name(), untold.toString());
    }
  }

  private static synchronized List<AllocatorView> open() {
    List<AllocatorView> all = new ArrayList<>();
    for (WeakReference<AllocatorView> each : OPEN) {
      AllocatorView allocator = open(each);
      if (allocator != null) {
        all.add(allocator);
      }
    }
    return all;
  }

  /** The close of an allocator only says so: it may find no room on the stack for more. */
  private static @Nullable AllocatorView open(WeakReference<AllocatorView> reference) {
    AllocatorView allocator = reference.get();
    return allocator == null || allocator.isClosed() ? null : allocator;
  }
}
