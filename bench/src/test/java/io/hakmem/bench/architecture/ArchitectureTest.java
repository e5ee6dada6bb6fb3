package io.hakmem.bench.architecture;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.core.importer.Locations;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table and the rules of the architecture, and that each of them is able to fail. */
final class ArchitectureTest {

  private static final String FIXTURE = "io.hakmem.bench.architecture.fixture";

  private static final JavaClasses OFFENDERS = new ClassFileImporter().importPackages(FIXTURE);

  private static final int MOST_TYPES = 12;

  /** Packages above the limit: how many types they may have. */
  private static final Map<String, Integer> LARGE_PACKAGES =
      Map.of(
          // What programs call, what they catch, and what they are told.
          "io.hakmem", 22,
          // The hot path: its classes share fields that nobody else may touch.
          "io.hakmem.heap", 24);

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(location -> !location.contains("jmh_generated"))
          .importPackages("io.hakmem");

  static List<DependencyTable.Row> rows() throws IOException {
    return DependencyTable.read();
  }

  static List<ArchRule> rules() {
    return ArchitectureRules.all();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void package_always_dependsOnWhatItsRowLists(DependencyTable.Row row) {
    ArchitectureRules.dependencies(row).check(CLASSES);
  }

  @Test
  void table_always_listsEveryPackageOnce() throws IOException {
    Set<String> packages =
        CLASSES.stream().map(JavaClass::getPackageName).collect(toCollection(TreeSet::new));
    assertThat(rows())
        .extracting(DependencyTable.Row::name)
        .containsExactlyInAnyOrderElementsOf(packages);
    assertThat(rows()).flatExtracting(DependencyTable.Row::allowed).isSubsetOf(packages);
  }

  @Test
  void packages_always_haveNoCycle() {
    slices()
        .assignedFrom(new PackagesAndLeafTypes(CLASSES))
        .should()
        .beFreeOfCycles()
        .because("parts that need each other cannot be understood or replaced one by one")
        .check(CLASSES);
  }

  @Test
  void cycleRule_onPackagesThatNeedEachOther_fails() {
    JavaClasses cycle = new ClassFileImporter().importPackages(FIXTURE + ".ring");
    assertThatThrownBy(
            () ->
                slices()
                    .assignedFrom(new PackagesAndLeafTypes(cycle))
                    .should()
                    .beFreeOfCycles()
                    .check(cycle))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("Cycle detected");
  }

  @ParameterizedTest
  @MethodSource("rules")
  void software_always_keepsTheRule(ArchRule rule) {
    rule.check(CLASSES);
  }

  @Test
  void package_always_hasAtMostADozenTypes() {
    Map<String, Long> types =
        CLASSES.stream()
            .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
            .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
    assertThat(types)
        .allSatisfy(
            (name, count) ->
                assertThat(count)
                    .as("types in %s, where a reader looks for one by its name", name)
                    .isLessThanOrEqualTo(LARGE_PACKAGES.getOrDefault(name, MOST_TYPES)));
  }

  /** A JVM does not start with two modules that have one package. JMH writes some, too. */
  @Test
  void package_always_isInOneModule() {
    Map<String, Set<String>> places =
        new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.hakmem")
                .stream()
                .collect(
                    Collectors.groupingBy(
                        JavaClass::getPackageName,
                        Collectors.mapping(ArchitectureTest::place, Collectors.toSet())));
    assertThat(places).allSatisfy((name, of) -> assertThat(of).as("where %s is", name).hasSize(1));
  }

  /** The folder or jar that a class was found in. */
  private static String place(JavaClass type) {
    String file = type.getSource().orElseThrow().getUri().toString();
    return file.substring(0, file.length() - type.getName().length() - ".class".length());
  }

  @Test
  void dependencyRule_onAPackageOutsideTheRow_fails() {
    DependencyTable.Row row = new DependencyTable.Row(FIXTURE, Set.of("io.hakmem"));
    assertThatThrownBy(() -> ArchitectureRules.dependencies(row).check(OFFENDERS))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("io.hakmem.spi.PageSource");
  }

  @Test
  void nameRule_onAHelper_fails() {
    assertThatThrownBy(() -> ArchitectureRules.speakingNames().check(OFFENDERS))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("BlockHelper");
  }

  @Test
  void rule_onItsOffender_fails(@TempDir Path directory) throws IOException {
    JavaClasses offenders = offendersAnd(unsafeUser(directory));
    assertThat(rules())
        .allSatisfy(
            rule ->
                assertThatThrownBy(() -> rule.check(offenders))
                    .as("%s", rule)
                    .isInstanceOf(AssertionError.class));
  }

  private static JavaClasses offendersAnd(Path more) {
    Set<Location> locations = new HashSet<>(Locations.ofPackage(FIXTURE));
    locations.addAll(Locations.ofPackage(FIXTURE + ".boxone"));
    locations.addAll(Locations.ofPackage(FIXTURE + ".boxtwo"));
    locations.add(Location.of(more));
    return new ClassFileImporter().importLocations(locations);
  }

  /** Written as bytecode: javac warns of a source that names such a class, suppressed or not. */
  private static Path unsafeUser(Path directory) throws IOException {
    byte[] user =
        ClassFile.of()
            .build(
                ClassDesc.of(FIXTURE, "UnsafeUser"),
                type -> type.withField("it", ClassDesc.of("sun.misc.Unsafe"), 0));
    return Files.write(directory.resolve("UnsafeUser.class"), user);
  }
}
