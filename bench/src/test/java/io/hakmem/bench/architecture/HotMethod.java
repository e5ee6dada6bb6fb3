package io.hakmem.bench.architecture;

import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.reflect.AccessFlag;
import java.util.List;

/**
 * A method that an operation runs through.
 *
 * @param way the calls that lead to it, outermost first
 */
record HotMethod(ClassModel type, MethodModel method, String way) {

  /** Tells methods apart, whichever way led to them. */
  String id() {
    return type.thisClass().asInternalName() + "." + method.methodName() + method.methodType();
  }

  /** Whether this is where the path starts. */
  boolean isRoot() {
    return !way.contains(" > ");
  }

  List<Instruction> instructions() {
    return method.code().map(CodeModel::elementList).orElse(List.of()).stream()
        .filter(Instruction.class::isInstance)
        .map(Instruction.class::cast)
        .toList();
  }

  List<InvokeInstruction> calls() {
    return instructions().stream()
        .filter(InvokeInstruction.class::isInstance)
        .map(InvokeInstruction.class::cast)
        .toList();
  }

  /** Whether a subclass may run other code in its place. */
  boolean isOverridable() {
    return !type.flags().has(AccessFlag.FINAL)
        && !method.flags().has(AccessFlag.FINAL)
        && !method.flags().has(AccessFlag.PRIVATE)
        && !method.flags().has(AccessFlag.STATIC);
  }

  /** Length of the bytecode, which HotSpot compares with its limits for inlining. */
  int codeBytes() {
    return method.code().map(code -> ((CodeAttribute) code).codeLength()).orElse(0);
  }

  /** Whether it does one thing in a straight line, without a call of its own. */
  boolean isAccessor() {
    return !isRoot()
        && calls().isEmpty()
        && instructions().stream().noneMatch(BranchInstruction.class::isInstance);
  }
}
