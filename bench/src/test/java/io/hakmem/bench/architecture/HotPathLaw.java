package io.hakmem.bench.architecture;

import io.hakmem.gate.Gate;
import io.hakmem.settings.Inputs;
import java.lang.classfile.Instruction;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What a method of the hot path must not do. */
final class HotPathLaw {

  /** HotSpot inlines a method that is called often up to this size: {@code FreqInlineSize}. */
  static final int MOST_METHOD_BYTES = 325;

  /** HotSpot inlines a method at once up to this size: {@code MaxInlineSize}. */
  static final int MOST_ACCESSOR_BYTES = 35;

  private static final Map<Opcode, String> FORBIDDEN =
      Map.of(
          Opcode.NEW, "allocates an object",
          Opcode.NEWARRAY, "allocates an array",
          Opcode.ANEWARRAY, "allocates an array",
          Opcode.MULTIANEWARRAY, "allocates an array",
          Opcode.MONITORENTER, "takes a lock",
          Opcode.INVOKEDYNAMIC, "links code at run time");

  private static final Map<String, String> FORBIDDEN_OWNERS =
      Map.of(
          "java/util/concurrent/",
          "synchronises",
          "java/lang/invoke/VarHandle",
          "orders memory",
          packageOf(Inputs.class),
          "reads a gate",
          packageOf(Gate.class),
          "reads a gate");

  private static String packageOf(Class<?> type) {
    return type.getPackageName().replace('.', '/') + "/";
  }

  private final HotMethod method;

  HotPathLaw(HotMethod method) {
    this.method = method;
  }

  List<String> violations() {
    List<String> found = new ArrayList<>();
    int limit = method.isAccessor() ? MOST_ACCESSOR_BYTES : MOST_METHOD_BYTES;
    if (method.codeBytes() > limit) {
      found.add("has %d bytes of code, limit %d".formatted(method.codeBytes(), limit));
    }
    if (method.method().flags().has(AccessFlag.SYNCHRONIZED)) {
      found.add("takes a lock");
    }
    if (method.isOverridable()) {
      found.add("can be overridden by code that was not read");
    }
    method.instructions().stream().flatMap(HotPathLaw::violations).forEach(found::add);
    return found.stream().distinct().map(text -> method.way() + " " + text).toList();
  }

  static boolean isAllowed(InvokeInstruction call) {
    return violations(call).findAny().isEmpty();
  }

  private static Stream<String> violations(Instruction instruction) {
    String forbidden = FORBIDDEN.get(instruction.opcode());
    if (forbidden != null) {
      return Stream.of(forbidden);
    }
    return instruction instanceof InvokeInstruction call && !HotPath.isSlow(call)
        ? violations(call)
        : Stream.empty();
  }

  private static Stream<String> violations(InvokeInstruction call) {
    String owner = call.owner().asInternalName();
    String target = owner.substring(owner.lastIndexOf('/') + 1) + "." + call.name().stringValue();
    Stream<String> byOwner =
        FORBIDDEN_OWNERS.entrySet().stream()
            .filter(entry -> owner.startsWith(entry.getKey()))
            .map(entry -> "%s by %s".formatted(entry.getValue(), target));
    return call.opcode() == Opcode.INVOKEINTERFACE
        ? Stream.concat(Stream.of("calls over an interface: " + target), byOwner)
        : byOwner;
  }
}
