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

  /** What is started, and ended again whether it was cut off or not. */
  private abstract static class Start implements Runnable {

    abstract void begin() throws IOException;

    abstract void end();

    abstract void requireNothingLeft();

    @Override
    public final void run() {
      try {
        isWhole(this, Long.MAX_VALUE); // Classes are initialised, once in the JVM.
        cutOff(objectsOf(this));
      } catch (IOException wrong) {
        throw new UncheckedIOException(wrong);
      }
    }

    private void cutOff(long all) throws IOException {
      for (long objects = Math.max(0, all - LAST_OBJECTS); objects < all; objects++) {
        isWhole(this, objects);
        try {
          requireNothingLeft();
        } catch (IllegalStateException left) {
          throw new IllegalStateException(
              "after %d of %d objects: %s".formatted(objects, all, left.getMessage()), left);
        }
      }
    }
  }

  /** Whether the start made no more objects than that; else the next one is refused. */
  private static boolean isWhole(Start start, long objects) throws IOException {
    long before = ObjectCount.thrown();
    try {
      ObjectCount.arm(objects, false); // What the JDK ends needs objects, too.
      start.begin();
    } catch (OutOfMemoryError cut) {
      // As it should be.
    } finally {
      ObjectCount.disarm();
      start.end();
    }
    return ObjectCount.thrown() == before;
  }

  /** How many objects the whole start makes. */
  private static long objectsOf(Start start) throws IOException {
    long most = 1;
    while (!isWhole(start, most)) {
      most *= 2;
    }
    long least = most / 2;
    while (most - least > 1) {
      long middle = (least + most) / 2;
      if (isWhole(start, middle)) {
        most = middle;
      } else {
        least = middle;
      }
    }
    return most;
  }

  /** An allocator with all that is registered for it; one that is cut off is nobody's. */
  private static final class Built extends Start {

    private final String record;
    private @Nullable HakAllocator made;

    private Built(String record) {
      this.record = record;
    }

    @Override
    void begin() {
      made = HakAllocator.builder().jmx("cut").set("HAKMEM_RECORD", record).build();
    }

    @Override
    void end() {
      if (made != null) {
        made.close();
        made = null;
      }
    }

    @Override
    void requireNothingLeft() {
      String beans = System.getProperty(HakAllocatorMXBean.BEANS_PROPERTY, "");
      if (!beans.isEmpty()) {
        throw new IllegalStateException("there is the bean " + beans);
      }
    }
  }

  /** Allocators that can be recorded, and others. */
  static final class BuiltAllocator implements Runnable {

    BuiltAllocator() {}

    @Override
    public void run() {
      new Built("").run();
      new Built("attach").run();
    }
  }

  /** A recording, whose file is locked as long as it is open. */
  private static final class Recorded extends Start {

    private final Path file;
    private Recorder recorder = recorder();

    private Recorded(Path file) {
      this.file = file;
    }

    private static Recorder recorder() {
      Recorder recorder = Recorder.of("attach", 0, 0);
      if (recorder == null) {
        throw new IllegalStateException("there is no recorder");
      }
      return recorder;
    }

    @Override
    void begin() throws IOException {
      recorder.start(file.toString(), 0, 0);
    }

    @Override
    void end() {
      recorder.close();
      recorder = recorder();
    }

    @Override
    void requireNothingLeft() {
      try {
        Path written = recorder.start(file.toString(), 0, 0);
        end();
        if (!written.equals(file)) {
          throw new IllegalStateException(written + " is written in place of " + file);
        }
      } catch (IOException unwritable) {
        throw new UncheckedIOException(unwritable);
      }
    }
  }

  /** Recordings into one file, one after the other. */
  static final class StartedRecording implements Runnable {

    StartedRecording() {}

    @Override
    public void run() {
      try {
        Path file = Files.createTempFile("hakmem", ".trace");
        try {
          new Recorded(file).run();
        } finally {
          Files.delete(file);
        }
      } catch (IOException wrong) {
        throw new UncheckedIOException(wrong);
      }
    }
  }
}
