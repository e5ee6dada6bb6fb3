package io.hakmem.report;

import io.hakmem.log.Logs;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;

/**
 * Prints the figures of allocators when the JVM ends, of those that are closed by then as they were
 * before their close. Any thread.
 */
public final class ExitReport {

  private static final Logger LOG = Logs.of(ExitReport.class);

  /** Of more allocators than these only a number is said. */
  private static final int MOST_CLOSED = 64;

  private static final ExitReport AT_EXIT = new ExitReport();

  private final List<AllocatorView> open = new ArrayList<>();
  private final List<String> closed = new ArrayList<>();
  private long leftOut;

  /** Whether the JVM calls it at its end. */
  private boolean isHooked;

  ExitReport() {}

  /** The one that the end of the JVM prints to standard error. */
  public static ExitReport atExit() {
    AT_EXIT.hook();
    return AT_EXIT;
  }

  @SuppressWarnings("SystemOut") // Whoever sets the gate wants it there, as with mimalloc.
  private synchronized void hook() {
    if (isHooked) {
      return;
    }
    try {
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(null, () -> print(System.err), "hakmem-show-stats", 0, false));
      isHooked = true;
    } catch (IllegalStateException ending) {
      LOG.debug("the JVM ends already: {}", ending.toString());
    }
  }

  /** The allocator is open from now on. */
  public synchronized void opened(AllocatorView allocator) {
    open.add(allocator);
  }

  /** The allocator is about to be closed, with or without figures; once more does nothing. */
  public synchronized void closing(AllocatorView allocator) {
    if (open.contains(allocator)) {
      String table = table(allocator);
      open.remove(allocator);
      if (closed.size() < MOST_CLOSED) {
        closed.add(table);
      } else {
        leftOut++;
      }
    }
  }

  /**
   * Figures that a box cannot tell neither keep an allocator from its close nor others from theirs.
   */
  private static String table(AllocatorView allocator) {
    try {
      return StatsTable.of(allocator);
    } catch (VirtualMachineError later) {
      throw later; // At the end of the stack: another close tells them.
    } catch (Throwable untold) {
      return "hakmem: allocator %s has no figures: %s%n".formatted(allocator.name(), untold);
    }
  }

  synchronized void print(PrintStream to) {
    closed.forEach(to::print);
    open.forEach(allocator -> to.print(table(allocator)));
    if (leftOut > 0) {
      to.printf("hakmem: %d more allocators were closed%n", leftOut);
    }
    to.flush();
  }
}
