package io.hakmem.bench.workload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What the kernel says of this process; 0 where it says nothing. */
public final class ProcessMemory {

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path ROLLUP = Path.of("/proc/self/smaps_rollup");
  private static final Path CLEAR_REFS = Path.of("/proc/self/clear_refs");
  private static final Path STAT = Path.of("/proc/self/stat");

  /** Counted from the state, which follows the name of the program in brackets. */
  private static final int MINOR_FAULTS_FIELD = 7;

  private ProcessMemory() {}

  /** The resident bytes now. */
  public static long residentBytes() {
    return statusBytes("VmRSS:");
  }

  /**
   * The resident bytes now, page by page: the kernel's running figure adds up counters of
   * processors and may be some dozen pages off.
   */
  public static long exactResidentBytes() {
    long exact = bytesIn(ROLLUP, "Rss:");
    return exact != 0 ? exact : residentBytes();
  }

  /** Makes the most bytes those that are resident now, where the kernel lets a process do so. */
  public static void resetPeak() {
    try {
      Files.writeString(CLEAR_REFS, "5", StandardOpenOption.WRITE);
    } catch (IOException e) {
      // Then the most is that of the whole process, which the Java heap makes at its start.
    }
  }

  /** The most bytes that were resident. */
  public static long peakResidentBytes() {
    return statusBytes("VmHWM:");
  }

  /** The page faults so far that needed no reading. */
  public static long minorFaults() {
    try {
      String stat = Files.readString(STAT);
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return Long.parseLong(fields[MINOR_FAULTS_FIELD]);
    } catch (IOException e) {
      return 0;
    }
  }

  private static long statusBytes(String key) {
    return bytesIn(STATUS, key);
  }

  private static long bytesIn(Path file, String key) {
    try {
      for (String line : Files.readAllLines(file)) {
        if (line.startsWith(key)) {
          return Long.parseLong(line.replaceAll("\\D", "")) << 10;
        }
      }
      return 0;
    } catch (IOException e) {
      return 0;
    }
  }
}
