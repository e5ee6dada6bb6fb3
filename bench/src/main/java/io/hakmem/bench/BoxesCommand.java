package io.hakmem.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hakmem.InstalledBoxes;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hakmem boxes}: what is installed. */
@Command(
    name = "boxes",
    description = "Lists the boxes that are installed.",
    mixinStandardHelpOptions = true)
final class BoxesCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    List<String> names = InstalledBoxes.names();
    if (json) {
      out.println(new JsonMapper().writeValueAsString(Map.of("boxes", names)));
    } else {
      names.forEach(out::println);
    }
    return 0;
  }
}
