package io.hakmem.bench.footprint;

import io.hakmem.bench.subject.SubjectKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A subject beside others.
 *
 * @param profile of HAKMEM, empty for none
 * @param gates of HAKMEM
 */
public record Column(SubjectKind kind, String profile, Map<String, String> gates) {

  /** What all are measured with: a Java heap that is resident as a whole, and a small compiler. */
  private static final List<String> JVM =
      List.of(
          "-Xms256m",
          "-Xmx256m",
          "-XX:+AlwaysPreTouch",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:MaxDirectMemorySize=4g");

  /** The name in the table. */
  public String name() {
    return profile.isEmpty() ? kind.toString() : kind + " " + profile;
  }

  /** The options of a JVM for the subject alone. */
  public List<String> jvmOptions() {
    List<String> options = new ArrayList<>(JVM);
    options.addAll(kind.jvmOptions());
    return options;
  }
}
