package io.hakmem.bench.peers;

import io.hakmem.bench.builds.AllocatorBuild;
import io.hakmem.bench.peer.PackedLibrary;
import io.hakmem.bench.subject.SubjectKind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Everything that runs beside each other. */
public final class Peers {

  /** The row that all others are compared with. */
  public static final String HAKMEM = "hakmem";

  /** The same once more: what differs from it is noise. */
  public static final String CONTROL = "hakmem-again";

  private static final String CHECKS_OFF = "hakmem-checks-off";
  static final String FLOOR_JVM = "floor-jvm";
  static final String FLOOR_NATIVE = "floor-native";

  private static final List<Peer> PEERS =
      List.of(
          Peer.ofPacked("native-mimalloc", "mimalloc", PackedLibrary.MIMALLOC),
          Peer.ofSystem("native-mimalloc-system", "mimalloc", "libmimalloc.so.2", "libmimalloc2.0"),
          Peer.ofPacked("native-jemalloc", "jemalloc", PackedLibrary.JEMALLOC),
          Peer.ofSystem("native-jemalloc-system", "jemalloc", "libjemalloc.so.2", "libjemalloc2"),
          Peer.ofSystem(
              "native-tcmalloc", "tcmalloc", "libtcmalloc_minimal.so.4", "libtcmalloc-minimal4"),
          Peer.ofPacked("native-rpmalloc", "rpmalloc", PackedLibrary.RPMALLOC),
          Peer.ofLibc("native-malloc", "malloc", "the C library's malloc, called from C"),
          Peer.ofJvm("jvm-mimalloc", SubjectKind.MI_MALLOC, "LWJGL's, by critical downcalls"),
          Peer.ofJvm(
              "jvm-mimalloc-lwjgl", SubjectKind.LWJGL_MIMALLOC, "LWJGL's, by its own binding"),
          Peer.ofJvm("jvm-jemalloc", SubjectKind.JE_MALLOC, "LWJGL's, by critical downcalls"),
          Peer.ofJvm("jvm-rpmalloc", SubjectKind.RPMALLOC, "LWJGL's, by critical downcalls"),
          Peer.ofJvm("jvm-malloc", SubjectKind.MALLOC, "the C library's, by critical downcalls"),
          Peer.ofJvm("jvm-unsafe", SubjectKind.UNSAFE, "sun.misc.Unsafe.allocateMemory"),
          Peer.ofJvm(
              "jvm-netty-adaptive", SubjectKind.NETTY_ADAPTIVE, "AdaptiveByteBufAllocator, direct"),
          Peer.ofJvm(
              "jvm-netty-pooled", SubjectKind.NETTY_POOLED, "PooledByteBufAllocator, direct"),
          Peer.ofJvm("jvm-arena", SubjectKind.ARENA, "Arena.ofConfined() for each block"));

  private Peers() {}

  /** HAKMEM with checks on, off and on again, then the loops without an allocator. */
  public static List<Peer> own(List<String> gates) {
    List<String> unchecked = new ArrayList<>(gates);
    unchecked.addAll(List.of("--set", "HAKMEM_CHECKS=off"));
    return List.of(
        Peer.hakmem(HAKMEM, HAKMEM, gates, "what all rows are compared with"),
        Peer.hakmem(CHECKS_OFF, HAKMEM, unchecked, "the same with HAKMEM_CHECKS=off"),
        Peer.hakmem(CONTROL, HAKMEM, gates, "the first row again: noise"),
        Peer.ofJvm(FLOOR_JVM, SubjectKind.FLOOR, "the loop in Java without an allocator"),
        Peer.ofLibc(FLOOR_NATIVE, "floor", "the loop in C without an allocator"));
  }

  /** HAKMEM of another build, with the gates of the first row. */
  public static Peer ofBuild(String side, List<String> gates, AllocatorBuild build) {
    return Peer.hakmem(HAKMEM + "-" + side, HAKMEM, gates, build, build.name());
  }

  /**
   * Finds peers by their names; all when there are none.
   *
   * @throws IllegalArgumentException if there is none of a name
   */
  public static List<Peer> peers(List<String> names) {
    Set<String> unknown = new LinkedHashSet<>(names);
    PEERS.forEach(peer -> unknown.remove(peer.name()));
    if (!unknown.isEmpty()) {
      Stream<String> known = PEERS.stream().map(Peer::name);
      throw new IllegalArgumentException(
          "peers=%s: not one of %s"
              .formatted(String.join(",", unknown), String.join(", ", known.toList())));
    }
    return PEERS.stream().filter(peer -> names.isEmpty() || names.contains(peer.name())).toList();
  }

  /** What a row is in a comparison; of results that do not say so, by its name. */
  public static Peer.Role role(PeerRow row) {
    if (row.role() != null) {
      return row.role();
    }
    return Stream.concat(own(List.of()).stream(), PEERS.stream())
        .filter(peer -> peer.name().equals(row.name()))
        .findFirst()
        .map(Peer::role)
        .orElse(Peer.Role.JVM);
  }
}
