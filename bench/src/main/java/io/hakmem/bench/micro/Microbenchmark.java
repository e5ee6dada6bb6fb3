package io.hakmem.bench.micro;

import io.hakmem.jmh.Meaning;
import io.hakmem.jmh.Measures;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Group;
import org.openjdk.jmh.runner.BenchmarkListEntry;

/**
 * One benchmark.
 *
 * @param module whose operation it measures
 * @param type the class it is in, without package
 * @param method its method
 * @param meaning what one operation is, or empty
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
   * The benchmark of an entry of JMH's list. One of another box than ours need not say what it
   * measures: then it stands below the module it is in, or its package.
   */
  static Microbenchmark of(BenchmarkListEntry entry) {
    Class<?> type = typeOf(entry);
    String name = entry.getUsername().substring(type.getName().length() + 1);
    Method method =
        Arrays.stream(type.getMethods())
            .filter(candidate -> candidate.isAnnotationPresent(Benchmark.class))
            .filter(candidate -> isMeasuredAs(name, candidate))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException(entry.getUsername() + " is no method"));
    Measures measures = type.getAnnotation(Measures.class);
    Meaning meaning = method.getAnnotation(Meaning.class);
    return new Microbenchmark(
        measures == null ? placeOf(type) : measures.value(),
        type.getSimpleName(),
        name,
        meaning == null ? "" : meaning.value(),
        entry.getUsername(),
        entry.getParams().orElse(Map.of()).keySet());
  }

  /** JMH names those that are measured together after their group. */
  private static boolean isMeasuredAs(String name, Method method) {
    Group group = method.getAnnotation(Group.class);
    return name.equals(group == null ? method.getName() : group.value());
  }

  private static Class<?> typeOf(BenchmarkListEntry entry) {
    try {
      return Class.forName(entry.getUserClassQName());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(entry.getUserClassQName() + " was there when listed", e);
    }
  }

  private static String placeOf(Class<?> type) {
    Module module = type.getModule();
    return module.isNamed() ? module.getName() : type.getPackageName();
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
