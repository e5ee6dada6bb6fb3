package io.hakmem.bench.rivals;

import io.hakmem.bench.peer.PackedLibrary;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of the comparison, measured in processes of its own.
 *
 * @param name for the command line
 * @param meaning how it is called, in one line
 * @param place where its loop runs
 * @param subject the name of the subject there
 * @param options of a JVM's command: what composes the subject
 * @param jvmOptions of a JVM: what it documents as its best
 * @param packed the library that is packed with the command, or null
 * @param system the library of the system by the name that the loader finds, or null
 * @param remedy how to get it where it is absent
 */
public record Rival(
    String name,
    String meaning,
    Place place,
    String subject,
    List<String> options,
    List<String> jvmOptions,
    @Nullable PackedLibrary packed,
    @Nullable String system,
    String remedy) {

  /** Where the loop runs. */
  public enum Place {
    /** In a JVM. */
    JVM,
    /** In the native driver. */
    NATIVE
  }

  static Rival ofJvm(String name, String subject, List<String> jvmOptions, String meaning) {
    return new Rival(
        name, meaning, Place.JVM, subject, List.of(), jvmOptions, null, null, "it needs Linux x64");
  }

  static Rival hakmem(String name, String meaning, List<String> options) {
    return new Rival(name, meaning, Place.JVM, "hakmem", options, List.of(), null, null, "");
  }

  static Rival ofLibc(String name, String subject, String meaning) {
    return new Rival(
        name, meaning, Place.NATIVE, subject, List.of(), List.of(), null, null, "it needs Linux");
  }

  static Rival ofPacked(String name, String subject, PackedLibrary library, String meaning) {
    return new Rival(
        name,
        meaning,
        Place.NATIVE,
        subject,
        List.of(),
        List.of(),
        library,
        null,
        "the packed library is for Linux x64");
  }

  static Rival ofSystem(String name, String subject, String library, String debianPackage) {
    return new Rival(
        name,
        "the system's " + library + ", called from C",
        Place.NATIVE,
        subject,
        List.of(),
        List.of(),
        null,
        library,
        "install it (Debian: apt install " + debianPackage + ")");
  }
}
