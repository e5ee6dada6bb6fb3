package io.hakmem.bench.rivals;

import io.hakmem.bench.peer.PackedLibrary;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Everything that runs beside each other. */
public final class Rivals {

  /** The row that all others are compared with. */
  public static final String HAKMEM = "hakmem";

  /** The same once more: what differs from it is noise. */
  public static final String CONTROL = "hakmem-again";

  static final String CHECKS_OFF = "hakmem-checks-off";
  static final String FLOOR_JVM = "floor-jvm";
  static final String FLOOR_NATIVE = "floor-native";

  private static final List<String> ALLOW = List.of("--sun-misc-unsafe-memory-access=allow");

  private static final List<String> LWJGL =
      List.of("--sun-misc-unsafe-memory-access=allow", "--enable-native-access=org.lwjgl");

  /** Netty is slower without, and does without by itself on a JDK that would warn. */
  private static final List<String> NETTY =
      List.of("--sun-misc-unsafe-memory-access=allow", "-Dio.netty.noUnsafe=false");

  private static final List<Rival> PEERS =
      List.of(
          Rival.ofPacked(
              "native-mimalloc", "mimalloc", PackedLibrary.MIMALLOC, "LWJGL's, called from C"),
          Rival.ofSystem(
              "native-mimalloc-system", "mimalloc", "libmimalloc.so.2", "libmimalloc2.0"),
          Rival.ofPacked(
              "native-jemalloc", "jemalloc", PackedLibrary.JEMALLOC, "LWJGL's, called from C"),
          Rival.ofSystem("native-jemalloc-system", "jemalloc", "libjemalloc.so.2", "libjemalloc2"),
          Rival.ofSystem(
              "native-tcmalloc", "tcmalloc", "libtcmalloc_minimal.so.4", "libtcmalloc-minimal4"),
          Rival.ofPacked(
              "native-rpmalloc", "rpmalloc", PackedLibrary.RPMALLOC, "LWJGL's, called from C"),
          Rival.ofLibc("native-malloc", "malloc", "the C library's malloc, called from C"),
          Rival.ofJvm("jvm-mimalloc", "mi-malloc", List.of(), "LWJGL's, by critical downcalls"),
          Rival.ofJvm("jvm-mimalloc-lwjgl", "lwjgl-mimalloc", LWJGL, "LWJGL's, by its own binding"),
          Rival.ofJvm("jvm-jemalloc", "je-malloc", List.of(), "LWJGL's, by critical downcalls"),
          Rival.ofJvm("jvm-rpmalloc", "rpmalloc", List.of(), "LWJGL's, by critical downcalls"),
          Rival.ofJvm("jvm-malloc", "malloc", List.of(), "the C library's, by critical downcalls"),
          Rival.ofJvm("jvm-unsafe", "unsafe", ALLOW, "sun.misc.Unsafe.allocateMemory"),
          Rival.ofJvm(
              "jvm-netty-adaptive", "netty-adaptive", NETTY, "AdaptiveByteBufAllocator, direct"),
          Rival.ofJvm("jvm-netty-pooled", "netty-pooled", NETTY, "PooledByteBufAllocator, direct"),
          Rival.ofJvm("jvm-arena", "arena", List.of(), "Arena.ofConfined() for each block"));

  private Rivals() {}

  /** HAKMEM with checks on, off and on again, then the loops without an allocator. */
  public static List<Rival> own(List<String> gates) {
    List<String> unchecked = new ArrayList<>(gates);
    unchecked.addAll(List.of("--set", "HAKMEM_CHECKS=off"));
    return List.of(
        Rival.hakmem(HAKMEM, "what all rows are compared with", gates),
        Rival.hakmem(CHECKS_OFF, "the same with HAKMEM_CHECKS=off", unchecked),
        Rival.hakmem(CONTROL, "the first row again: noise", gates),
        Rival.ofJvm(FLOOR_JVM, "floor", List.of(), "the loop in Java without an allocator"),
        Rival.ofLibc(FLOOR_NATIVE, "floor", "the loop in C without an allocator"));
  }

  /**
   * Finds peers by their names; all when there are none.
   *
   * @throws IllegalArgumentException if there is none of a name
   */
  public static List<Rival> peers(List<String> names) {
    Set<String> unknown = new LinkedHashSet<>(names);
    PEERS.forEach(peer -> unknown.remove(peer.name()));
    if (!unknown.isEmpty()) {
      Stream<String> known = PEERS.stream().map(Rival::name);
      throw new IllegalArgumentException(
          "peers=%s: not one of %s"
              .formatted(String.join(",", unknown), String.join(", ", known.toList())));
    }
    return PEERS.stream().filter(peer -> names.isEmpty() || names.contains(peer.name())).toList();
  }
}
