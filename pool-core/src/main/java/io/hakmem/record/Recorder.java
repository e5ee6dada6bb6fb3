package io.hakmem.record;

import io.hakmem.SettingsException;
import io.hakmem.heap.StackRoom;
import io.hakmem.log.Suppressing;
import java.io.IOException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Starts and ends the recordings of one allocator, one after the other. Any thread may call it.
 *
 * <p>An allocator has a recorder only if it was composed with {@code HAKMEM_RECORD}: others do not
 * ask for one on any call.
 */
public final class Recorder implements AutoCloseable {

  /** In place of a file: recordings are started later. */
  private static final String ATTACH = "attach";

  /** Stands in the name of a file for the number of the process. */
  private static final String PROCESS = "%p";

  /** Files that recordings of this JVM write; guarded by itself. */
  private static final Set<Path> WRITTEN = new HashSet<>();

  private final String asked;
  private final long mostBytes;
  private final long mostMs;

  private volatile @Nullable Recording current;

  /** The last recording, which may have ended; guarded by this, as the next two. */
  private @Nullable Recording last;

  private @Nullable Path file;
  private @Nullable Thread atExit;

  private Recorder(String asked, long mostBytes, long mostMs) {
    this.asked = asked;
    this.mostBytes = mostBytes;
    this.mostMs = mostMs;
  }

  /**
   * A recorder as the gates ask for it; null if they ask for none.
   *
   * @param asked a file, {@code attach} or nothing
   * @param mostBytes where a recording ends; 0 sets no bound
   * @param mostMs when a recording ends; 0 sets no bound
   */
  public static @Nullable Recorder of(String asked, long mostBytes, long mostMs) {
    return asked.isEmpty() ? null : new Recorder(asked, mostBytes, mostMs);
  }

  /**
   * Starts the recording that the gate asks for, if it names a file.
   *
   * @throws SettingsException if the file cannot be written
   */
  public void begin() {
    if (asked.toLowerCase(Locale.ROOT).equals(ATTACH)) {
      return;
    }
    try {
      start(asked, true, mostBytes, mostMs);
    } catch (IOException | InvalidPathException e) {
      throw new SettingsException(
          "HAKMEM_RECORD=%s must be attach or a file that can be written: %s"
              .formatted(asked, reason(e)),
          e);
    }
  }

  /** Why a file cannot be written, without the name of a Java class. */
  public static String reason(Exception e) {
    return switch (e) {
      case NoSuchFileException _ -> "its folder does not exist";
      case AccessDeniedException _ -> "permission denied";
      case FileSystemException refused when refused.getReason() != null -> refused.getReason();
      default -> String.valueOf(e.getMessage());
    };
  }

  /**
   * Starts a recording of an allocator that is at work.
   *
   * @param name of the file, in which {@code %p} stands for the number of the process. If another
   *     recording writes that file, of this JVM or of another, a number is added to it.
   * @param bytes where it ends; 0 sets no bound
   * @param ms when it ends; 0 sets no bound
   * @return the file
   * @throws IllegalStateException if a recording is running
   * @throws IOException if the file cannot be written
   */
  public Path start(String name, long bytes, long ms) throws IOException {
    return start(name, false, bytes, ms);
  }

  private synchronized Path start(String name, boolean whole, long bytes, long ms)
      throws IOException {
    StackRoom.requireForFirstUse();
    if (current != null) {
      throw new IllegalStateException("a recording into " + file + " is running");
    }
    stop(); // One that a limit ended may still be writing.
    String named = name.replace(PROCESS, Long.toString(ProcessHandle.current().pid()));
    for (int number = 1; ; number++) {
      Path free = Path.of(number == 1 ? named : named + "-" + number).toAbsolutePath().normalize();
      if (reserve(free)) {
        try {
          return startInto(free, whole, bytes, ms);
        } catch (OverlappingFileLockException e) {
          // Another process writes it: the next name.
        }
      }
    }
  }

  private Path startInto(Path free, boolean whole, long bytes, long ms) throws IOException {
    try {
      Recording started = new Recording(free, whole, bytes, ms, this::ended);
      file = free;
      last = started;
      current = started; // Before its thread runs, which may end it at once.
      started.start();
      atExit = new Thread(this::stopAtExit, "hakmem-record-exit");
      Runtime.getRuntime().addShutdownHook(atExit);
      return free;
    } catch (Throwable refused) {
      current = null;
      file = free; // What there is of a recording ends, and its name is free again.
      Suppressing.close(this, refused);
      throw refused;
    }
  }

  private static boolean reserve(Path free) {
    if (Files.exists(free) && !Files.isRegularFile(free)) {
      return true; // A device, such as /dev/null, has no second name.
    }
    synchronized (WRITTEN) {
      return WRITTEN.add(free);
    }
  }

  private static void release(Path written) {
    synchronized (WRITTEN) {
      WRITTEN.remove(written);
    }
  }

  /** The lane of the calling thread; null while nothing is recorded. */
  public @Nullable Lane lane() {
    Recording running = current;
    return running == null ? null : running.lane();
  }

  /** Whether a recording is running. */
  public boolean isRunning() {
    return current != null;
  }

  private void ended() {
    current = null;
  }

  /**
   * Ends the recording and returns when all of it is in the file.
   *
   * @return what the last recording came to; null if there was none since the last call
   */
  public synchronized @Nullable Outcome stop() {
    Path written = file;
    Outcome outcome = null;
    if (last != null) {
      StackRoom.requireForRehearsal(); // The JDK's locks can be lost when the stack ends inside.
      outcome = last.stop();
      last = null;
    }
    if (atExit != null) {
      removeHook(atExit);
      atExit = null;
    }
    if (written != null) {
      release(written);
      file = null;
    }
    return outcome;
  }

  private static void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException ending) {
      // The JVM ends: the hook runs, and finds nothing more to do.
    }
  }

  private synchronized void stopAtExit() {
    if (last != null) {
      last.stop();
    }
  }

  /** Ends the recording, and with it the allocator's. Idempotent. */
  @Override
  public void close() {
    stop();
  }
}
