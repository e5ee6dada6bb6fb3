package io.hakmem.bench.option;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option for a page beside what is printed. */
public final class HtmlOption {

  private static final String NAME = "--html";

  @Option(
      names = NAME,
      paramLabel = "FILE",
      description = "Also write a page with charts, which needs no other file and no network.")
  private @Nullable Path file;

  /** Whether a page is asked for. */
  public boolean isGiven() {
    return file != null;
  }

  /**
   * Refuses a file that cannot be written, before anything is measured.
   *
   * @param read the files that the call reads, none of which may be written
   */
  public void check(CallOptions call, Path... read) {
    call.checkWritable(NAME, file, read);
  }

  /** Writes the page if one is asked for. */
  public void write(Supplier<String> page) throws IOException {
    if (file != null) {
      WrittenFile.write(NAME, file, page.get());
    }
  }
}
