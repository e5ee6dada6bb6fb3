package io.hakmem.bench.option;

import io.hakmem.bench.result.Json;
import java.io.PrintWriter;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** The options of calls that end in a result. */
public final class ResultOptions extends CallOptions {

  @Option(names = "--json", description = "Print one JSON object and nothing else.")
  private boolean json;

  public boolean isJson() {
    return json;
  }

  /** Prints a line for people; nothing where JSON is asked for. */
  public void say(String line) {
    if (!json) {
      out().println(line);
      out().flush();
    }
  }

  /** Prints a result, for people as the text says. */
  public void print(Object result, Consumer<PrintWriter> text) {
    if (json) {
      Json.print(result, out());
    } else {
      text.accept(out());
      out().flush();
    }
  }
}
