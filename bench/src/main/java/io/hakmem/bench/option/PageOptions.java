package io.hakmem.bench.option;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.function.Consumer;
import java.util.function.Supplier;
import picocli.CommandLine.Mixin;

/** The options of calls whose result can be a page too. */
public final class PageOptions extends ResultOptions {

  @Mixin private HtmlOption html;

  /** Refuses a file that cannot be written, before anything is measured. */
  public void checkPage() {
    html.check(this);
  }

  /** Whether a page is asked for. */
  public boolean isPage() {
    return html != null;
  }

  /** Prints a result, and writes the page if one is asked for. */
  public void print(Object result, Consumer<PrintWriter> text, Supplier<String> page)
      throws IOException {
    try {
      print(result, text); // First: a full disk must not cost what was measured.
    } finally {
      html.write(page);
    }
  }
}
