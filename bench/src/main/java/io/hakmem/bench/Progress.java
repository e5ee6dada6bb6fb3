package io.hakmem.bench;

/** One line on standard error that is overwritten; only where someone sees it. */
final class Progress {

  private Progress() {}

  static void show(String line) {
    if (System.console().isTerminal()) {
      System.err.print("\r\u001b[K" + line);
      System.err.flush();
    }
  }

  static void clear() {
    show("");
  }
}
