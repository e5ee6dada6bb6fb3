package io.hakmem.bench.subject;

import io.hakmem.Compositions;
import io.hakmem.HakAllocator;
import io.hakmem.SettingsException;
import io.hakmem.bench.peer.NativePeer;
import io.hakmem.bench.peer.OwnCode;
import io.hakmem.bench.peer.Subject;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Everything that can be measured, by the name of the command line. */
public enum SubjectKind {
  /** HAKMEM. */
  HAKMEM,
  /** HAKMEM through the explicit handle of each thread. */
  HAKMEM_HEAP,
  /** The loop without an allocator. */
  FLOOR,
  /** The system's {@code malloc}. */
  MALLOC,
  /** The system's {@code calloc}. */
  CALLOC,
  /** mimalloc. */
  MI_MALLOC,
  /** mimalloc, with blocks cleared. */
  MI_ZALLOC,
  /** mimalloc, through LWJGL's binding. */
  LWJGL_MIMALLOC,
  /** jemalloc. */
  JE_MALLOC,
  /** rpmalloc. */
  RPMALLOC,
  /** {@code sun.misc.Unsafe}, in a JVM that allows it. */
  UNSAFE,
  /** Netty's adaptive allocator. */
  NETTY_ADAPTIVE,
  /** Netty's pooled allocator. */
  NETTY_POOLED,
  /** A confined arena for each block. */
  ARENA;

  /** No warning then of what the JDK is about to drop. */
  private static final String ALLOW = "--sun-misc-unsafe-memory-access=allow";

  /** Composes the subject; gates and profile are HAKMEM's and the largest block the floor's. */
  public Subject open(@Nullable String profile, Map<String, String> gates, long maxBytes) {
    return switch (this) {
      case HAKMEM -> new HakmemSubject(compose(profile, gates));
      case HAKMEM_HEAP -> HeapBlocks.subject(compose(profile, gates));
      case FLOOR -> new Floor(maxBytes);
      case MALLOC -> new NativeSubject(NativePeer.MALLOC);
      case CALLOC -> new NativeSubject(NativePeer.CALLOC);
      case MI_MALLOC -> new NativeSubject(NativePeer.MI_MALLOC);
      case MI_ZALLOC -> new NativeSubject(NativePeer.MI_ZALLOC);
      case LWJGL_MIMALLOC -> new LwjglSubject();
      case JE_MALLOC -> new NativeSubject(NativePeer.JE_MALLOC);
      case RPMALLOC -> new NativeSubject(NativePeer.RPMALLOC);
      case UNSAFE -> new NativeSubject(NativePeer.UNSAFE);
      case NETTY_ADAPTIVE -> new NettySubject(NettySubject.adaptive());
      case NETTY_POOLED -> new NettySubject(NettySubject.pooled());
      case ARENA -> new ArenaSubject();
    };
  }

  /** HAKMEM, called by code of its own: no other composition goes through its call sites. */
  public static Subject openApart(String profile) {
    return OwnCode.make(
        Subject.class,
        HakmemSubject.class,
        new Class<?>[] {HakAllocator.class},
        compose(profile, Map.of()));
  }

  /** Finds a subject by its name. */
  public static SubjectKind of(String name) {
    for (SubjectKind kind : values()) {
      if (kind.toString().equals(name)) {
        return kind;
      }
    }
    throw new IllegalArgumentException("not one of " + Arrays.toString(values()));
  }

  /** True for what gates and profiles are for. */
  public boolean isHakmem() {
    return this == HAKMEM || this == HAKMEM_HEAP;
  }

  /** What a JVM is started with for the subject to run as its makers document it. */
  public List<String> jvmOptions() {
    return switch (this) {
      case LWJGL_MIMALLOC -> List.of(ALLOW, "--enable-native-access=org.lwjgl");
      case UNSAFE -> List.of(ALLOW);
      // Slower without, and on a JDK that would warn Netty does without by itself.
      case NETTY_ADAPTIVE, NETTY_POOLED -> List.of(ALLOW, "-Dio.netty.noUnsafe=false");
      default -> List.of();
    };
  }

  /** Whether this JVM was started with what the subject is to be started with. */
  public boolean hasItsJvmOptions() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().containsAll(jvmOptions());
  }

  /** Whether a block can grow in its place; others move it by themselves. */
  public boolean reallocates() {
    return switch (this) {
      case NETTY_ADAPTIVE, NETTY_POOLED, ARENA, FLOOR -> false;
      default -> true;
    };
  }

  /** False for the loop alone. */
  public boolean isAllocator() {
    return this != FLOOR;
  }

  /**
   * Composes HAKMEM once and lets it go: what is refused is refused before anything runs.
   *
   * @throws SettingsException if a gate or value is not accepted
   */
  public static void check(@Nullable String profile, Map<String, String> gates) {
    compose(profile, gates).close();
  }

  /**
   * Composes HAKMEM from a profile and gates. A name of the environment that is no gate is refused,
   * as what is measured would not be what was meant.
   *
   * @throws SettingsException if a gate or value is not accepted
   */
  public static HakAllocator compose(@Nullable String profile, Map<String, String> gates) {
    List<String> ignored = ignored();
    if (!ignored.isEmpty()) {
      throw new SettingsException(String.join("; ", ignored));
    }
    HakAllocator.Builder builder = HakAllocator.builder();
    if (profile != null) {
      builder.profile(profile);
    }
    gates.forEach(builder::set);
    return builder.build();
  }

  /** A build that does not know them yet refuses such names by itself. */
  private static List<String> ignored() {
    try {
      return Compositions.ignored();
    } catch (NoSuchMethodError older) {
      return List.of();
    }
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
