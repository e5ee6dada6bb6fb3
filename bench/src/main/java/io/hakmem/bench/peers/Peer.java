package io.hakmem.bench.peers;

import io.hakmem.bench.builds.AllocatorBuild;
import io.hakmem.bench.peer.PackedLibrary;
import io.hakmem.bench.subject.SubjectKind;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of the comparison, measured in processes of its own.
 *
 * @param name for the command line
 * @param base the name of the row that it is compared with, which may be its own
 * @param meaning how it is called, in one line
 * @param place where its loop runs
 * @param subject the name of the subject there
 * @param options of a JVM's command: what composes the subject
 * @param jvmOptions of a JVM: what it documents as its best
 * @param build of HAKMEM: where its allocator comes from
 * @param packed the library that is packed with the command, or null
 * @param system the library of the system by the name that the loader finds, or null
 * @param remedy how to get it where it is absent
 */
public record Peer(
    String name,
    String base,
    String meaning,
    Place place,
    String subject,
    List<String> options,
    List<String> jvmOptions,
    AllocatorBuild build,
    @Nullable PackedLibrary packed,
    @Nullable String system,
    String remedy) {

  /** What a row is in a comparison. */
  public enum Role {
    /** What the others are compared with. */
    HAKMEM,
    /** HAKMEM in another way, or once more. */
    CONTROL,
    /** The loop without an allocator. */
    FLOOR,
    /** Another allocator, called from C. */
    NATIVE,
    /** Another allocator, called from Java. */
    JVM
  }

  /** Where the loop runs. */
  public enum Place {
    /** In a JVM. */
    JVM,
    /** In the native driver. */
    NATIVE
  }

  /** A subject of the measuring commands. */
  public static Peer ofJvm(String name, String base, String subject, String meaning) {
    return ofJvm(name, base, subject, List.of(), List.of(), AllocatorBuild.RUNNING, meaning);
  }

  static Peer ofJvm(String name, SubjectKind subject, String meaning) {
    return ofJvm(
        name,
        Peers.HAKMEM,
        subject.toString(),
        List.of(),
        subject.jvmOptions(),
        AllocatorBuild.RUNNING,
        meaning);
  }

  /** HAKMEM as the options compose it. */
  public static Peer hakmem(String name, String base, List<String> options, String meaning) {
    return hakmem(name, base, options, AllocatorBuild.RUNNING, meaning);
  }

  static Peer hakmem(
      String name, String base, List<String> options, AllocatorBuild build, String meaning) {
    String subject = SubjectKind.HAKMEM.toString();
    return ofJvm(name, base, subject, options, List.of(), build, meaning);
  }

  private static Peer ofJvm(
      String name,
      String base,
      String subject,
      List<String> options,
      List<String> jvmOptions,
      AllocatorBuild build,
      String meaning) {
    return new Peer(
        name, base, meaning, Place.JVM, subject, options, jvmOptions, build, null, null, "");
  }

  static Peer ofLibc(String name, String subject, String meaning) {
    return ofDriver(name, subject, meaning, null, null, "it needs Linux");
  }

  static Peer ofPacked(String name, String subject, PackedLibrary library) {
    String remedy = "the packed library is for Linux x64";
    return ofDriver(name, subject, "LWJGL's, called from C", library, null, remedy);
  }

  static Peer ofSystem(String name, String subject, String library, String debianPackage) {
    String remedy = "install it (Debian: apt install " + debianPackage + ")";
    String meaning = "the system's " + library + ", called from C";
    return ofDriver(name, subject, meaning, null, library, remedy);
  }

  private static Peer ofDriver(
      String name,
      String subject,
      String meaning,
      @Nullable PackedLibrary packed,
      @Nullable String system,
      String remedy) {
    return new Peer(
        name,
        Peers.HAKMEM,
        meaning,
        Place.NATIVE,
        subject,
        List.of(),
        List.of(),
        AllocatorBuild.RUNNING,
        packed,
        system,
        remedy);
  }

  /**
   * The library for the driver, by its file or by the name that the loader finds; null of the C
   * library.
   */
  public @Nullable String library() throws IOException {
    return packed == null ? system : packed.unpack().toString();
  }

  /** What the row is in a comparison. */
  public Role role() {
    if (isHakmem()) {
      return isBase() ? Role.HAKMEM : Role.CONTROL;
    }
    if (isFloor()) {
      return Role.FLOOR;
    }
    return place == Place.NATIVE ? Role.NATIVE : Role.JVM;
  }

  /** True for what others are compared with: without it there is no comparison. */
  boolean isBase() {
    return name.equals(base);
  }

  /** True for what has counters that show that it ran. */
  boolean isHakmem() {
    return subject.equals(SubjectKind.HAKMEM.toString());
  }

  /** True for the loop alone; its one block for each thread makes no burst. */
  boolean isFloor() {
    return subject.equals(SubjectKind.FLOOR.toString());
  }
}
