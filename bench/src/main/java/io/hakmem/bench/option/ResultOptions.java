package io.hakmem.bench.option;

import io.hakmem.bench.fork.Parent;
import io.hakmem.bench.result.Json;
import io.hakmem.bench.result.Machine;
import io.hakmem.bench.result.Provenance;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of calls that end in a result. */
public class ResultOptions extends CallOptions {

  @Option(names = "--json", description = "Print one JSON object and nothing else.")
  private boolean json;

  private @Nullable Provenance provenance;

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

  /** Prints a result, for people as the text says, in JSON with where it comes from. */
  public void print(Object result, Consumer<PrintWriter> text) {
    if (json) {
      Json.print(Parent.isFork() ? result : withProvenance(result), out());
    } else {
      text.accept(out());
      out().flush();
    }
  }

  /** The fields of a result, and those that say where it comes from. */
  public Map<String, Object> withProvenance(Object result) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.putAll(Json.fields(provenance()));
    fields.putAll(Json.fields(result));
    return fields;
  }

  /** Where the result of this call comes from. */
  public Provenance provenance() {
    if (provenance == null) {
      provenance = new Provenance(kind(), words(), Machine.now());
    }
    return provenance;
  }
}
