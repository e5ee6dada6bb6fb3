package io.hakmem.bench.micro;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.runner.BenchmarkListEntry;

/**
 * One benchmark.
 *
 * @param module whose operation it measures
 * @param type the class it is in, without package
 * @param method its method
 * @param meaning what one operation is
 * @param jmhName what JMH calls it
 * @param parameters names of what it is measured with several values of
 */
public record Microbenchmark(
    String module,
    String type,
    String method,
    String meaning,
    String jmhName,
    Set<String> parameters) {

  /**
   * The benchmark of an entry of JMH's list.
   *
   * @throws IllegalStateException if its class names no module or its method has no meaning
   */
  static Microbenchmark of(BenchmarkListEntry entry) {
    Class<?> type = typeOf(entry);
    String name = entry.getUsername().substring(type.getName().length() + 1);
    Method method =
        Arrays.stream(type.getMethods())
            .filter(candidate -> candidate.isAnnotationPresent(Benchmark.class))
            .filter(candidate -> candidate.getName().equals(name))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException(entry.getUsername() + " is no method"));
    Measures measures = required(type.getAnnotation(Measures.class), type, "Measures");
    Meaning meaning = required(method.getAnnotation(Meaning.class), method, "Meaning");
    return new Microbenchmark(
        measures.value(),
        type.getSimpleName(),
        name,
        meaning.value(),
        entry.getUsername(),
        entry.getParams().orElse(Map.of()).keySet());
  }

  private static Class<?> typeOf(BenchmarkListEntry entry) {
    try {
      return Class.forName(entry.getUserClassQName());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(entry.getUserClassQName() + " was there when listed", e);
    }
  }

  private static <T> T required(@Nullable T annotation, AnnotatedElement of, String name) {
    if (annotation == null) {
      throw new IllegalStateException(of + " must have @" + name);
    }
    return annotation;
  }

  /** The class and method, as results are labelled. */
  public String label() {
    return type + "." + method;
  }

  /** Module, class and method, which patterns are looked for in. */
  public String path() {
    return module + "/" + label();
  }
}
