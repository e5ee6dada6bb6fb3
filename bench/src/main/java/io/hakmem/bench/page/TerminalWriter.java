package io.hakmem.bench.page;

import java.io.PrintWriter;
import java.io.Writer;

/** A writer whose text people see on a terminal as it is written; no program reads it. */
public final class TerminalWriter extends PrintWriter {

  /** Writes lines at once. */
  public TerminalWriter(Writer terminal) {
    super(terminal, true);
  }
}
