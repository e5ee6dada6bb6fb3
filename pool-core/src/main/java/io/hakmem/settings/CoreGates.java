package io.hakmem.settings;

import io.hakmem.gate.Checks;
import io.hakmem.gate.Gate;
import io.hakmem.gate.PageSourceKind;
import io.hakmem.gate.ZeroMode;
import java.util.List;

/** The gates that exist whichever boxes are installed. */
public final class CoreGates {

  private static final long KIB = 1L << 10;
  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;

  public static final Gate<String> PROFILE =
      Gate.text(
          "HAKMEM_PROFILE",
          "",
          "Selects a named set of values for other gates; empty selects none. A value given any"
              + " other way wins over the profile's.");

  public static final Gate<String> CONFIG =
      Gate.text(
          "HAKMEM_CONFIG",
          "",
          "Path of a properties file with values for other gates; empty reads none.");

  public static final Gate<ZeroMode> ZERO_MODE =
      Gate.choice(
          "HAKMEM_POOL_ZERO_MODE",
          ZeroMode.class,
          ZeroMode.FULL,
          "What is cleared before a block is handed out: all of its usable bytes, the first 16 of"
              + " them, or nothing.");

  public static final Gate<Checks> CHECKS =
      Gate.choice(
          "HAKMEM_CHECKS",
          Checks.class,
          Checks.ON,
          "Refuses a free of an address at which no live block begins: foreign, inside a block or"
              + " already free; full also finds overruns, writes after a free and leaks, and is slow; off is for measuring.");

  public static final Gate<Long> QUARANTINE_BYTES =
      Gate.bytes(
              "HAKMEM_QUARANTINE_BYTES",
              MIB,
              0,
              Long.MAX_VALUE,
              "With full checks, freed memory that waits before it is handed out again; a write to it"
                  + " is found when the wait ends.")
          .trying("0", "64KiB");

  public static final Gate<Long> LEAK_SAMPLE_EVERY =
      Gate.integer(
              "HAKMEM_LEAK_SAMPLE_EVERY",
              0,
              0,
              1_000_000,
              "misses",
              "One of so many misses of a thread is remembered with the place that allocated, until its"
                  + " block is freed; 0 remembers none.")
          .trying("1", "10");

  public static final Gate<PageSourceKind> PAGE_SOURCE =
      Gate.choice(
          "HAKMEM_PAGE_SOURCE",
          PageSourceKind.class,
          PageSourceKind.AUTO,
          "Takes memory from the operating system or from a shared Arena; auto takes os when the"
              + " module has native access, else arena.");

  public static final Gate<Long> HEAP_EMPTY_PAGES =
      Gate.integer(
              "HAKMEM_HEAP_EMPTY_PAGES",
              64,
              1,
              1_048_576,
              "pages",
              "Pages of a thread that may become empty before it hands empty pages on, if the last time"
                  + " is HAKMEM_DECAY_MS ago; it hands them on when it needs another page, too.")
          .trying("1", "8", "1000");

  public static final Gate<Long> HEAP_PREFILL =
      Gate.bytes(
              "HAKMEM_HEAP_PREFILL",
              KIB,
              0,
              64 * KIB,
              "The first heaps, as many as processors, take a page of every size class up to this size"
                  + " at once; with a memory limit they take none.")
          .trying("0", "64KiB");

  public static final Gate<Long> MEMORY_LIMIT =
      Gate.bytes(
              "HAKMEM_MEMORY_LIMIT",
              0,
              0,
              Long.MAX_VALUE,
              "Memory the allocator may hold; an allocation beyond it fails after a trim. 0 sets no"
                  + " limit.")
          .trying("8MiB", "64MiB");

  public static final Gate<Long> DECAY_MS =
      Gate.integer(
              "HAKMEM_DECAY_MS",
              1000,
              0,
              Long.MAX_VALUE,
              "ms",
              "How long memory must be unused before it goes back to the operating system, in up to"
                  + " twice that time.")
          .trying("0", "1", "60000");

  public static final Gate<Boolean> PURGE_THREAD =
      Gate.flag(
          "HAKMEM_PURGE_THREAD",
          true,
          "A daemon thread, one for all allocators of the JVM, gives unused memory back; off, only"
              + " collect(), trim() and the memory limit do.");

  public static final Gate<Long> LARGE_MAPPING_BYTES =
      Gate.bytes(
              "HAKMEM_LARGE_MAPPING_BYTES",
              64 * MIB,
              64 * KIB,
              Long.MAX_VALUE,
              "The size from which a block gets a mapping of its own.")
          .trying("64KiB", "256KiB");

  public static final Gate<Long> COMMIT_BYTES =
      Gate.bytes(
              "HAKMEM_COMMIT_BYTES",
              2 * MIB,
              64 * KIB,
              GIB,
              "Memory that is taken from the system at a time; from 2 MiB on the system can back it"
                  + " with huge pages.")
          .trying("64KiB", "1MiB");

  public static final Gate<Long> HUGE_PAGES_FROM =
      Gate.bytes(
              "HAKMEM_HUGE_PAGES_FROM",
              32 * MIB,
              0,
              Long.MAX_VALUE,
              "Memory the allocator holds from which on it asks the system for huge pages. 0 asks for"
                  + " them always.")
          .trying("0", "1GiB");

  public static final Gate<Long> REGION_BYTES =
      Gate.bytes(
              "HAKMEM_REGION_BYTES",
              GIB,
              MIB,
              1024 * GIB,
              "Address space that is reserved at a time, for pages to be cut from.")
          .trying("1MiB", "64MiB");

  public static final Gate<Boolean> SHOW_STATS =
      Gate.flag(
              "HAKMEM_SHOW_STATS",
              false,
              "When the JVM ends, prints the figures of the allocator to standard error, as they are"
                  + " then or were before its close.")
          .trying();

  public static final Gate<Boolean> JMX_ENABLED =
      Gate.flag(
          "HAKMEM_JMX_ENABLED",
          false,
          "Registers a JMX bean with the figures of the allocator, the places that hold its blocks,"
              + " and a trim.");

  public static final Gate<String> JMX_NAME =
      Gate.text(
          "HAKMEM_JMX_NAME",
          "allocator",
          "The allocator's name in messages, and that of its bean; if another bean of the JVM has it,"
              + " a number is added there.");

  public static final Gate<String> RECORD =
      Gate.text(
          "HAKMEM_RECORD",
          "",
          "Writes every operation into the file of this name, in which %p stands for the number of the"
              + " process; while another recording writes it, -2 and so on is added. attach records"
              + " nothing until hakmem record or the JMX bean starts it. Empty"
              + " makes an allocator that cannot be recorded, and costs nothing.");

  public static final Gate<Long> RECORD_BYTES =
      Gate.bytes(
          "HAKMEM_RECORD_BYTES",
          GIB,
          0,
          Long.MAX_VALUE,
          "The size at which that recording ends; the program goes on. 0 sets no bound.");

  public static final Gate<Long> RECORD_MS =
      Gate.integer(
          "HAKMEM_RECORD_MS",
          0,
          0,
          Long.MAX_VALUE / 1_000_000,
          "ms",
          "The time after which that recording ends; 0 sets no bound.");

  /** What the composition calls these gates' box. */
  public static final String BOX = "core";

  /** All of them, in the order of the documentation. */
  public static final List<Gate<?>> ALL =
      List.of(
          PROFILE,
          CONFIG,
          ZERO_MODE,
          CHECKS,
          QUARANTINE_BYTES,
          LEAK_SAMPLE_EVERY,
          PAGE_SOURCE,
          HEAP_PREFILL,
          HEAP_EMPTY_PAGES,
          MEMORY_LIMIT,
          DECAY_MS,
          PURGE_THREAD,
          LARGE_MAPPING_BYTES,
          COMMIT_BYTES,
          HUGE_PAGES_FROM,
          REGION_BYTES,
          SHOW_STATS,
          JMX_ENABLED,
          JMX_NAME,
          RECORD,
          RECORD_BYTES,
          RECORD_MS);

  private CoreGates() {}
}
