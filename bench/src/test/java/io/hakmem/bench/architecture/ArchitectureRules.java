package io.hakmem.bench.architecture;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import io.hakmem.report.ExitReport;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.VarHandle;
import java.util.List;

/** The rules that hold for every class of the software. */
final class ArchitectureRules {

  private ArchitectureRules() {}

  static List<ArchRule> all() {
    return List.of(
        speakingNames(),
        nativeCallsInOnePlace(),
        varHandlesInOnePlace(),
        noJdkInternals(),
        composerCreatesBoxes(),
        boxesStandAlone(),
        noJavaUtilLogging(),
        noStandardStreams(),
        noOpenFields(),
        errorsCaughtToo(),
        plainMessagesInCalls());
  }

  static ArchRule dependencies(DependencyTable.Row row) {
    DescribedPredicate<JavaClass> forbidden =
        resideInAPackage("io.hakmem..")
            .and(DescribedPredicate.not(resideInAPackage(row.name())))
            .and(DescribedPredicate.not(resideInAnyPackage(row.allowed().toArray(String[]::new))));
    return noClasses()
        .that()
        .resideInAPackage(row.name())
        .should()
        .dependOnClassesThat(forbidden.as("are in no package of %s", row.allowed()))
        .because("its row in docs/architecture.md lists no other, so that each part stands alone");
  }

  static ArchRule speakingNames() {
    return noClasses()
        .should()
        .haveNameMatching(".*(Impl|Util|Utils|Helper|Manager|Common)")
        .because(
            "such a name says nothing of what the class is for, and collects what is homeless");
  }

  private static ArchRule nativeCallsInOnePlace() {
    return noClasses()
        .that()
        .resideOutsideOfPackages("io.hakmem.memory", "io.hakmem.bench.peer")
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(Linker.class, FunctionDescriptor.class, SymbolLookup.class)
        .because("a wrong native call ends the JVM; peers are native and need calls of their own");
  }

  private static ArchRule varHandlesInOnePlace() {
    return noClasses()
        .that()
        .resideOutsideOfPackage("io.hakmem.heap")
        // A load that counts its writes keeps the compiler from merging them; it orders nothing.
        .and()
        .doNotHaveFullyQualifiedName("io.hakmem.bench.workload.Memory")
        .should()
        .dependOnClassesThat()
        .areAssignableTo(VarHandle.class)
        .because("orders of memory access can be reviewed in pairs only where they stand together");
  }

  private static ArchRule noJdkInternals() {
    return noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("sun..", "jdk.internal..")
        .because("the software runs without JVM warnings and without opened packages");
  }

  private static ArchRule composerCreatesBoxes() {
    return classes()
        .should(new CreateNoParts())
        .because("a part that is created elsewhere escapes the gates and the printed composition");
  }

  private static ArchRule boxesStandAlone() {
    return classes()
        .should(new BoxesStandAlone())
        .because("a deployment picks boxes, so each must work without any other");
  }

  private static ArchRule noJavaUtilLogging() {
    return noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.util.logging..")
        .because("operators configure one log, that of SLF4J");
  }

  private static ArchRule noStandardStreams() {
    return noClasses()
        .that()
        .resideOutsideOfPackages("io.hakmem.bench", "io.hakmem.bench.*")
        .and()
        .doNotBelongToAnyOf(ExitReport.class) // Writes to standard error if a gate asks for it.
        .should(ACCESS_STANDARD_STREAMS)
        .because("a library's caller owns the standard streams; only the command writes there");
  }

  private static ArchRule noOpenFields() {
    return fields()
        .that()
        .arePublic()
        // Written where a call might find no room on the stack.
        .and()
        .haveFullNameNotMatching(
            ".*\\.(LocalHeap\\.undone|HeapAccess\\.(depth|isWriting)|Chunk\\.(lent|older))")
        .should()
        .beFinal()
        .because("a field that everyone may write keeps no invariant");
  }

  private static ArchRule errorsCaughtToo() {
    return classes()
        .that()
        // What these catch is reported, and nothing is undone.
        .resideOutsideOfPackages(
            "io.hakmem.bench.report", "io.hakmem.bench.reproduce", "io.hakmem.bench.turns")
        .should(new CatchErrorsToo())
        .because("an Error can come out of any call, and what is undone must be undone then, too");
  }

  private static ArchRule plainMessagesInCalls() {
    return noClasses()
        .that()
        .resideInAnyPackage(
            "io.hakmem.arena",
            "io.hakmem.chunk",
            "io.hakmem.engine",
            "io.hakmem.guard",
            "io.hakmem.heap",
            "io.hakmem.memory",
            "io.hakmem.middesc",
            "io.hakmem.paged",
            "io.hakmem.pool.v1",
            "io.hakmem.pool.v1flat",
            "io.hakmem.pool.v2",
            "io.hakmem.purge",
            "io.hakmem.smallmid",
            "io.hakmem.spi",
            "io.hakmem.supply",
            "io.hakmem.thread",
            "io.hakmem.tinyfront",
            "io.hakmem.bench.architecture.fixture")
        .should()
        .callMethodWhere(
            target(owner(type(String.class))).and(target(nameMatching("format(ted)?"))))
        .because("the first use of the JDK's formatter must not be a refusal at a stack's end");
  }
}
