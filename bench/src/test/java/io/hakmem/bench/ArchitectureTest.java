package io.hakmem.bench;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

final class ArchitectureTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.hakmem");

  @Test
  void core_always_namesNoBox() {
    noClasses()
        .that()
        .resideInAnyPackage("io.hakmem", "io.hakmem.spi")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.hakmem.middesc..", "io.hakmem.bench..")
        .because("boxes are found as services, so a deployment chooses them by its artifacts")
        .check(CLASSES);
  }
}
