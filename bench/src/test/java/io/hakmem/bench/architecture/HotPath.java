package io.hakmem.bench.architecture;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.reflect.AccessFlag;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The methods that a hot method runs through, found in the bytecode by following calls. Slow paths
 * are left out: what they cost is paid once for many operations.
 */
final class HotPath {

  /** Calls into other code, such as that of the JDK, are judged but not followed. */
  private static final String OWN_PREFIX = "io/hakmem/";

  private static final String SLOW_INTERFACE = "io/hakmem/spi/LocalHeap$SlowPath";
  private static final String SLOW_SUFFIX = "Slow";

  /** What has one implementation, which is read in its place. */
  private static final Map<String, String> IMPLEMENTED =
      Map.of(
          "io/hakmem/HakAllocator", "io/hakmem/OwnAllocator",
          "io/hakmem/heap/Operations", "io/hakmem/heap/HotPath");

  private final Map<String, HotMethod> methods = new LinkedHashMap<>();
  private final Deque<HotMethod> waiting = new ArrayDeque<>();

  /**
   * Follows the calls from a method.
   *
   * @param owner internal name, such as {@code io/hakmem/HakAllocator}
   * @param signature name and descriptor, such as {@code free(J)V}
   * @throws IllegalStateException if the method does not exist
   */
  HotPath(String owner, String signature) throws IOException {
    add(
        find(owner, signature, "")
            .orElseThrow(
                () -> new IllegalStateException("no method %s.%s".formatted(owner, signature))));
    while (!waiting.isEmpty()) {
      follow(waiting.removeFirst());
    }
  }

  Collection<HotMethod> methods() {
    return methods.values();
  }

  /** What breaks the law of the hot path, a line each; empty if nothing does. */
  List<String> violations() {
    List<String> found = new ArrayList<>();
    for (HotMethod method : methods.values()) {
      found.addAll(new HotPathLaw(method).violations());
    }
    return found;
  }

  static boolean isSlow(InvokeInstruction call) {
    return call.name().stringValue().endsWith(SLOW_SUFFIX)
        || call.owner().asInternalName().equals(SLOW_INTERFACE);
  }

  private void follow(HotMethod method) throws IOException {
    for (InvokeInstruction call : method.calls()) {
      if (isFollowed(call)) {
        String signature = call.name().stringValue() + call.type().stringValue();
        Optional<HotMethod> called =
            find(call.owner().asInternalName(), signature, method.way() + " > ");
        called.ifPresent(this::add);
      }
    }
  }

  /** Calls that break the law are not followed: one report is enough. */
  private static boolean isFollowed(InvokeInstruction call) {
    return call.owner().asInternalName().startsWith(OWN_PREFIX)
        && !isSlow(call)
        && call.opcode() != Opcode.INVOKEINTERFACE
        && !call.name().equalsString("<init>")
        && HotPathLaw.isAllowed(call);
  }

  private void add(HotMethod method) {
    if (methods.putIfAbsent(method.id(), method) == null) {
      waiting.add(method);
    }
  }

  /** The method of the class or of what it inherits from, except what it has from the JDK. */
  private Optional<HotMethod> find(String owner, String signature, String before)
      throws IOException {
    if (!owner.startsWith(OWN_PREFIX)) {
      return Optional.empty();
    }
    ClassModel type = load(owner);
    for (MethodModel method : type.methods()) {
      if (signature(method).equals(signature)) {
        String by = IMPLEMENTED.get(owner);
        if (by != null && method.flags().has(AccessFlag.ABSTRACT)) {
          return find(by, signature, before);
        }
        String name = owner.substring(owner.lastIndexOf('/') + 1) + "." + method.methodName();
        return Optional.of(new HotMethod(type, method, before + name));
      }
    }
    List<ClassEntry> above = new ArrayList<>(type.interfaces());
    type.superclass().ifPresent(superclass -> above.addFirst(superclass));
    for (ClassEntry inherited : above) {
      Optional<HotMethod> found = find(inherited.asInternalName(), signature, before);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static String signature(MethodModel method) {
    return method.methodName().stringValue() + method.methodType().stringValue();
  }

  private static ClassModel load(String name) throws IOException {
    try (InputStream bytes = HotPath.class.getResourceAsStream("/" + name + ".class")) {
      if (bytes == null) {
        throw new IllegalStateException("no class file of " + name);
      }
      return ClassFile.of().parse(bytes.readAllBytes());
    }
  }
}
