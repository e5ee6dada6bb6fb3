package io.hakmem.bench.driver;

import io.hakmem.bench.fork.Scratch;
import io.hakmem.bench.replay.Trace;
import io.hakmem.bench.workload.Workload;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A load as the driver is told it.
 *
 * @param load the load
 * @param events the events of a trace in a file, or null for other loads
 */
public record NativeLoad(Workload load, @Nullable Path events) implements AutoCloseable {

  /** Writes what the driver reads of a load that has events. */
  public static NativeLoad of(Workload load) throws IOException {
    return new NativeLoad(load, load instanceof Trace trace ? write(trace) : null);
  }

  private static Path write(Trace trace) throws IOException {
    Path file = Files.createTempFile(Scratch.folder(), "events", ".bin");
    ByteBuffer bytes =
        ByteBuffer.allocate(trace.events().length * Long.BYTES).order(ByteOrder.nativeOrder());
    bytes.asLongBuffer().put(trace.events());
    return Files.write(file, bytes.array());
  }

  List<String> options() {
    List<String> options = new ArrayList<>();
    options.addAll(List.of("--workload", load.name()));
    options.addAll(List.of("--threads", Integer.toString(load.threads())));
    options.addAll(List.of("--ops", Long.toString(load.ops())));
    options.addAll(List.of("--max-bytes", Integer.toString(load.maxBytes())));
    for (Map.Entry<String, Number> parameter : load.parameters().entrySet()) {
      options.addAll(List.of("--parameter", parameter.getKey() + "=" + parameter.getValue()));
    }
    if (events != null) {
      options.addAll(List.of("--file", events.toString()));
    }
    return options;
  }

  @Override
  public void close() throws IOException {
    if (events != null) {
      Files.deleteIfExists(events);
    }
  }
}
