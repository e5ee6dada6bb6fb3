package io.hakmem.fuzz.counted;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.EnumSet;
import java.util.Set;

/** Class files that ask {@link ObjectCount} before each place that makes a Java object. */
final class CountedCode {

  private static final ClassDesc COUNT = ObjectCount.class.describeConstable().orElseThrow();
  private static final MethodTypeDesc NOTHING = MethodTypeDesc.of(ConstantDescs.CD_void);

  private static final Set<Opcode> MAKERS =
      EnumSet.of(Opcode.NEW, Opcode.NEWARRAY, Opcode.ANEWARRAY, Opcode.MULTIANEWARRAY);

  private final ClassFile files;
  private final String own;

  /**
   * For classes of a loader.
   *
   * @param own how the internal names of the classes begin whose calls make nothing by themselves
   */
  CountedCode(ClassLoader loader, String own) {
    ClassHierarchyResolver resolver =
        ClassHierarchyResolver.ofResourceParsing(loader)
            .orElse(ClassHierarchyResolver.defaultResolver())
            .cached();
    this.files = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(resolver));
    this.own = own;
  }

  /** The same class, which asks. */
  byte[] of(byte[] classFile) {
    ClassModel model = files.parse(classFile);
    ClassTransform asking =
        (type, element) -> {
          if (element instanceof MethodModel method) {
            type.transformMethod(method, MethodTransform.transformingCode(codeOf(method)));
          } else {
            type.with(element);
          }
        };
    return files.transformClass(model, asking);
  }

  private CodeTransform codeOf(MethodModel method) {
    return method.methodName().equalsString(ConstantDescs.CLASS_INIT_NAME)
        ? new Initialiser()
        : this::ask;
  }

  private void ask(CodeBuilder code, CodeElement element) {
    if (element instanceof Instruction instruction && makesObjects(instruction)) {
      code.invokestatic(COUNT, "ask", NOTHING);
    }
    code.with(element);
  }

  private boolean makesObjects(Instruction instruction) {
    if (instruction instanceof InvokeInstruction call) {
      String owner = call.owner().asInternalName();
      return !owner.startsWith(own) && JdkCalls.mayMakeObjects(owner, call.name().stringValue());
    }
    if (instruction instanceof InvokeDynamicInstruction linked) {
      return linked.typeSymbol().parameterCount() > 0; // Else its object is made when it is linked.
    }
    return MAKERS.contains(instruction.opcode());
  }

  /** Begins and ends where the initialisation of a class does. */
  private static final class Initialiser implements CodeTransform {

    @Override
    public void atStart(CodeBuilder code) {
      code.invokestatic(COUNT, "beginInitialiser", NOTHING);
    }

    @Override
    public void accept(CodeBuilder code, CodeElement element) {
      if (element instanceof ReturnInstruction) {
        code.invokestatic(COUNT, "endInitialiser", NOTHING);
      }
      code.with(element);
    }
  }
}
