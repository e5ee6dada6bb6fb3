package io.hakmem.bench.option;

import io.hakmem.bench.load.Catalogue;
import io.hakmem.bench.trace.Events;
import io.hakmem.bench.trace.TraceReader;
import io.hakmem.bench.workload.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import picocli.CommandLine.Option;

/** The options that choose a load of the catalogue. */
public final class LoadOptions {

  /** The loads, for the help. */
  static final class Names implements Iterable<String> {

    @Override
    public Iterator<String> iterator() {
      return Catalogue.names().keySet().iterator();
    }
  }

  @Option(
      names = "--workload",
      paramLabel = "NAME",
      defaultValue = "c6",
      completionCandidates = Names.class,
      description = "One of ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
  private String name;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "1",
      description = "Threads of the load (${DEFAULT-VALUE}).")
  private int threads;

  public String name() {
    return name;
  }

  public int threads() {
    return threads;
  }

  /** Reads the trace that is to be replayed, if it is one: what is wrong is refused at once. */
  public void checkTrace(CallOptions call) throws IOException {
    if (name.startsWith(Catalogue.REPLAY)) {
      Events events = TraceReader.read(Path.of(name.substring(Catalogue.REPLAY.length())));
      if (threads != 1 && threads != events.threads()) {
        throw call.wrong(
            "--threads=%d must be 1 or the %d of the trace".formatted(threads, events.threads()));
      }
    }
  }

  public Workload load(CallOptions call) {
    call.check("--threads", threads, 1, CallOptions.MAX_THREADS);
    return call.ofOption(() -> Catalogue.of(name, threads));
  }
}
