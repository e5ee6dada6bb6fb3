package io.hakmem.fuzz.counted;

import io.hakmem.HakAllocator;
import io.hakmem.HakAllocatorMXBean;
import io.hakmem.record.Recorder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Starts that are cut off where they make one of their last Java objects; run among copies. */
final class CutOffStart {

  private static final long LAST_OBJECTS = 200;

  private CutOffStart() {}

  /** What is started. */
  private interface Start {
    @Nullable AutoCloseable run() throws IOException;
  }

  /** Whether the start was not cut off; then it is ended again. */
  private static boolean isWhole(Start start, long objects, boolean staysFull) throws Exception {
    AutoCloseable started = null;
    try {
      ObjectCount.arm(objects, staysFull);
      started = start.run();
      return true;
    } catch (OutOfMemoryError cut) {
      return false;
    } finally {
      ObjectCount.disarm();
      if (started != null) {
        started.close();
      }
    }
  }

  /** How many objects the whole start makes. */
  private static long objectsOf(Start start) throws Exception {
    long most = 1;
    while (!isWhole(start, most, true)) {
      most *= 2;
    }
    long least = most / 2;
    while (most - least > 1) {
      long middle = (least + most) / 2;
      if (isWhole(start, middle, true)) {
        most = middle;
      } else {
        least = middle;
      }
    }
    return most;
  }

  private static void each(Start start, Runnable requireNothingLeft) throws Exception {
    isWhole(start, Long.MAX_VALUE, true); // Classes are initialised, once in the JVM.
    long all = objectsOf(start);
    for (long objects = Math.max(0, all - LAST_OBJECTS); objects < all; objects++) {
      for (boolean staysFull : new boolean[] {false, true}) {
        isWhole(start, objects, staysFull);
        try {
          requireNothingLeft.run();
        } catch (IllegalStateException left) {
          throw new IllegalStateException(
              "after %d of %d objects, %b: %s"
                  .formatted(objects, all, staysFull, left.getMessage()),
              left);
        }
      }
    }
  }

  /** An allocator with all that is registered for it. */
  static final class BuiltAllocator implements Runnable {

    BuiltAllocator() {}

    @Override
    public void run() {
      try {
        for (String record : new String[] {"", "attach"}) {
          each(() -> built(record), BuiltAllocator::requireNoBean);
        }
      } catch (Exception wrong) {
        throw new IllegalStateException(wrong);
      }
    }

    private static HakAllocator built(String record) {
      return HakAllocator.builder().jmx("cut").set("HAKMEM_RECORD", record).build();
    }

    private static void requireNoBean() {
      String beans = System.getProperty(HakAllocatorMXBean.BEANS_PROPERTY, "");
      if (!beans.isEmpty()) {
        throw new IllegalStateException("there is the bean " + beans);
      }
    }
  }

  /** A recording, whose file is locked as long as it is open. */
  static final class StartedRecording implements Runnable {

    StartedRecording() {}

    @Override
    public void run() {
      try {
        Path file = Files.createTempFile("hakmem", ".trace");
        try {
          each(() -> started(file), () -> requireNotLocked(file));
        } finally {
          Files.delete(file);
        }
      } catch (Exception wrong) {
        throw new IllegalStateException(wrong);
      }
    }

    private static AutoCloseable started(Path file) throws IOException {
      Recorder recorder = recorder();
      recorder.start(file.toString(), 0, 0);
      return recorder;
    }

    private static Recorder recorder() {
      Recorder recorder = Recorder.of("attach", 0, 0);
      if (recorder == null) {
        throw new IllegalStateException("there is no recorder");
      }
      return recorder;
    }

    private static void requireNotLocked(Path file) {
      try (Recorder recorder = recorder()) {
        Path written = recorder.start(file.toString(), 0, 0);
        if (!written.equals(file)) {
          throw new IllegalStateException(written + " is written in place of " + file);
        }
      } catch (IOException unwritable) {
        throw new UncheckedIOException(unwritable);
      }
    }
  }
}
