package io.hakmem;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * What management tools see of an allocator, as {@code io.hakmem:type=HakAllocator,name=…}. Any
 * thread may call any method; each reads the figures anew, which takes longer the more pages there
 * are. {@link #getStats} reads all of them at once.
 *
 * <p>The attributes have the names and meanings of {@link Stats}. After {@link HakAllocator#close}
 * the bean is gone.
 */
public interface HakAllocatorMXBean {

  /** What the names of all such beans match. */
  String OBJECT_NAMES = "io.hakmem:type=HakAllocator,name=*";

  /**
   * The system property that lists the names of the JVM's beans, a line each. A tool that looks for
   * JVMs with beans need not start a management agent in each of them.
   */
  String BEANS_PROPERTY = "io.hakmem.beans";

  /**
   * The figures as they travel to management tools. Read them as {@link Stats}, which says what
   * each of them means; a later version may have more components.
   */
  record Snapshot(
      long reservedBytes,
      long committedBytes,
      long peakCommittedBytes,
      long limitBytes,
      long liveBytes,
      long cachedBytes,
      long allocations,
      long frees,
      long remoteFrees,
      Stats.RefusedFrees refused,
      long limitHits,
      long outOfMemory,
      long trims,
      long trimmedBytes,
      List<Stats.Box> boxes,
      List<Stats.SizeClass> sizeClasses,
      List<Stats.Fallback> fallbacks,
      SortedMap<String, Long> counters)
      implements Stats {}

  /**
   * A place in the program that holds blocks.
   *
   * @param frames the calls that led to the allocations, the innermost first
   * @param blocks how many blocks
   * @param bytes what was asked for, of all of them
   */
  record LiveSite(List<String> frames, long blocks, long bytes) {}

  /** Why a recording ended. */
  enum RecordingEnd {
    /** {@link #stopRecording} was called, or the allocator was closed. */
    STOPPED,
    /** The file reached the size that was asked for. */
    SIZE,
    /** The time was over that was asked for. */
    TIME,
    /** The file could not be written. */
    FAILURE
  }

  /**
   * What a recording came to.
   *
   * @param file the path of the file
   * @param events that were written; of one that failed the last ones may not be in the file
   * @param bytes the size of the file
   * @param end why it ended
   * @param failure why the file could not be written, or empty
   */
  record Recorded(String file, long events, long bytes, RecordingEnd end, String failure) {}

  /** The composition: parts, classes and gates, a line each. */
  String getComposition();

  /** All figures of one moment. */
  Snapshot getStats();

  /** Bytes of reserved address space. */
  long getReservedBytes();

  /** Bytes taken from the system. */
  long getCommittedBytes();

  /** The most bytes that were ever taken from the system at a time. */
  long getPeakCommittedBytes();

  /** The most bytes that are ever taken; 0 if there is no limit. */
  long getLimitBytes();

  /** Bytes of blocks that are with callers. */
  long getLiveBytes();

  /** Bytes of free blocks that are kept at hand. */
  long getCachedBytes();

  /** Blocks handed out so far. */
  long getAllocations();

  /** Blocks freed so far. */
  long getFrees();

  /** Frees by a thread that does not own the page. */
  long getRemoteFrees();

  /** Addresses refused so far. */
  long getRefusedFrees();

  /** Addresses refused so far, by reason. */
  Stats.RefusedFrees getRefused();

  /** Times that the limit refused memory. */
  long getLimitHits();

  /** Allocations that ended in {@link OutOfNativeMemoryException}. */
  long getOutOfMemory();

  /** Trims so far, those by {@link #trim} included. */
  long getTrims();

  /** Bytes that trims gave back to the system. */
  long getTrimmedBytes();

  /** Figures of each box. */
  List<Stats.Box> getBoxes();

  /** Figures of each class in use. */
  List<Stats.SizeClass> getSizeClasses();

  /** What boxes handed to the next one, by class and reason. */
  List<Stats.Fallback> getFallbacks();

  /** Counters of the boxes by name. */
  Map<String, Long> getCounters();

  /** The figures as a table for people, as {@code HAKMEM_SHOW_STATS} prints them. */
  String dump();

  /**
   * The places that hold blocks, the most bytes first: of all blocks with {@code
   * HAKMEM_CHECKS=full}, of samples with {@code HAKMEM_LEAK_SAMPLE_EVERY}, else none.
   */
  List<LiveSite> liveSites();

  /** Whether {@link #liveSites} knows any blocks, all or samples. */
  boolean isTracked();

  /**
   * Gives unused memory back to the system; returns the bytes.
   *
   * @throws AllocatorClosedException after {@link HakAllocator#close}
   */
  long trim();

  /** Whether a recording is running. */
  boolean isRecording();

  /**
   * Starts to write every operation into a file.
   *
   * @param file in the JVM's directory if it is relative; {@code %p} in it stands for the number of
   *     the process
   * @param mostBytes the size at which the recording ends; 0 sets no bound
   * @param mostMs the time after which it ends; 0 sets no bound
   * @return the path of the file
   * @throws IllegalStateException if the allocator was composed without {@code HAKMEM_RECORD}, if a
   *     recording is running, or if the file cannot be written
   */
  String startRecording(String file, long mostBytes, long mostMs);

  /**
   * Ends the recording, if nothing else has ended it, and returns when all of it is in the file.
   *
   * @return what it came to
   * @throws IllegalStateException if nothing was recorded since the last call
   */
  Recorded stopRecording();
}
