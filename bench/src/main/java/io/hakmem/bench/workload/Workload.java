package io.hakmem.bench.workload;

import io.hakmem.bench.peer.Subject;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A deterministic load: the same calls in each round. */
public interface Workload {

  /** Its name in reports. */
  String name();

  /** How many threads take part; some loads need more than they were asked for. */
  int threads();

  /** The operations of one round of all threads. */
  long ops();

  /** What else it was told: the numbers of a record, by the names in reports. */
  default Map<String, Number> parameters() {
    Map<String, Number> parameters = new LinkedHashMap<>();
    for (RecordComponent component : getClass().getRecordComponents()) {
      String name = component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
      if (component.getType() == int.class && !name.equals("threads")) {
        parameters.put(name, number(component));
      }
    }
    return parameters;
  }

  private Number number(RecordComponent component) {
    try {
      return (Number) component.getAccessor().invoke(this);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(component + " cannot be read", e);
    }
  }

  /** The largest request. */
  int maxBytes();

  /**
   * Runs one thread's part of a round. A part that starts threads makes them as the subject does,
   * and each takes the calls of its own.
   */
  Tally run(Subject subject, int thread);

  /** What all threads of a round must count, and what lives at most; found without an allocator. */
  Census census();

  /** Whether the native driver has the same loop, in a kernel of the same name. */
  default boolean hasNativeKernel() {
    return true;
  }
}
