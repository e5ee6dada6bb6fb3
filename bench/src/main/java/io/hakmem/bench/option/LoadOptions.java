package io.hakmem.bench.option;

import io.hakmem.bench.load.Catalogue;
import io.hakmem.bench.workload.Workload;
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

  /** Reads the trace that is to be replayed, if it is one: a wrong one is refused at once. */
  public void checkTrace(CallOptions call) {
    if (name.startsWith(Catalogue.REPLAY)) {
      load(call);
    }
  }

  public Workload load(CallOptions call) {
    call.check("--threads", threads, 1, CallOptions.MAX_THREADS);
    return call.ofOption(() -> Catalogue.of(name, threads));
  }
}
