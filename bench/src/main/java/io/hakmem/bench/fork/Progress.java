package io.hakmem.bench.fork;

import java.io.Console;
import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;

/** One line on standard error that is overwritten; only where someone sees it. */
public final class Progress {

  private static final int COLUMNS = 79;
  private static final int UPDATE_MS = 500;

  private Progress() {}

  /** A bar over so many steps, with the time that is left. */
  public static ProgressBar bar(int steps) {
    return new ProgressBarBuilder()
        .setTaskName("forks")
        .setInitialMax(steps)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(UPDATE_MS)
        .setConsumer(new Line())
        .build();
  }

  /** Shows a line in the place of the last one. */
  public static void show(String line) {
    if (isSeen()) {
      System.err.print("\r\u001b[K" + line);
      System.err.flush();
    }
  }

  /** Whether this JVM writes to a terminal. */
  public static boolean isSeen() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
  }

  /** Takes the line away. */
  public static void clear() {
    show("");
  }

  /** Where a bar is drawn. */
  private static final class Line implements ProgressBarConsumer {

    @Override
    public int getMaxRenderedLength() {
      return COLUMNS;
    }

    @Override
    public void accept(String line) {
      show(line);
    }

    @Override
    public void close() {
      Progress.clear();
    }
  }
}
