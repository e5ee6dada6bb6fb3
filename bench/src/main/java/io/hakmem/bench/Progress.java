package io.hakmem.bench;

import java.io.Console;
import java.util.Optional;

/** One line on standard error that is overwritten; only where someone sees it. */
final class Progress {

  private Progress() {}

  static void show(String line) {
    if (Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent()) {
      System.err.print("\r\u001b[K" + line);
      System.err.flush();
    }
  }

  static void clear() {
    show("");
  }
}
