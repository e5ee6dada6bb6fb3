package io.hakmem;

import java.util.List;
import java.util.Map;

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

  /** The composition: parts, classes and gates, a line each. */
  String getComposition();

  /** All figures of one moment. */
  Stats getStats();

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
   * Ends the recording and returns when all of it is in the file.
   *
   * @return the path of the file
   * @throws IllegalStateException if there is none
   */
  String stopRecording();
}
