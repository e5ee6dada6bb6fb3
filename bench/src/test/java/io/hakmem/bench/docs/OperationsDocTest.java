package io.hakmem.bench.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.hakmem.HakAllocatorMXBean.Snapshot;
import io.hakmem.gate.Gate;
import io.hakmem.settings.CoreGates;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jfr.Event;
import jdk.jfr.Name;
import org.junit.jupiter.api.Test;

/** docs/operations.md knows every figure and every event, and no others. */
final class OperationsDocTest {

  private static final String NAME = "operations.md";

  private static final JavaClasses EVENTS =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.hakmem.event");

  private static List<String> firstCells(String header) throws IOException {
    return Documents.read(NAME)
        .lines()
        .dropWhile(line -> !line.startsWith(header))
        .skip(2)
        .takeWhile(line -> line.startsWith("|"))
        .map(line -> line.replaceAll("^\\| `([^`]+)` .*", "$1"))
        .toList();
  }

  private static Stream<JavaClass> events() {
    return EVENTS.stream().filter(type -> type.isAssignableTo(Event.class));
  }

  @Test
  void figures_always_areThoseOfTheStats() throws IOException {
    assertThat(firstCells("| figure |"))
        .containsExactlyElementsOf(
            Arrays.stream(Snapshot.class.getRecordComponents())
                .map(RecordComponent::getName)
                .toList());
  }

  @Test
  void events_always_areThoseThatThereAre() throws IOException {
    assertThat(firstCells("| event |"))
        .containsExactlyInAnyOrderElementsOf(
            events().map(type -> type.getAnnotationOfType(Name.class).value()).toList());
  }

  @Test
  void fields_ofEachEvent_areInItsRow() throws IOException {
    List<String> rows =
        Documents.read(NAME).lines().filter(line -> line.startsWith("| `io.hakmem.")).toList();
    assertThat(events()).isNotEmpty();
    events()
        .forEach(
            type ->
                assertThat(rows)
                    .filteredOn(row -> row.contains("`io.hakmem." + type.getSimpleName() + "`"))
                    .singleElement()
                    .satisfies(row -> assertThat(row).contains(fields(type))));
  }

  private static List<String> fields(JavaClass type) {
    return type.getFields().stream()
        .map(field -> field.getName())
        .filter(name -> !name.equals("PROBE"))
        .map("`%s`"::formatted)
        .toList();
  }

  @Test
  void gates_always_exist() throws IOException {
    assertThat(
            Pattern.compile("HAKMEM_[A-Z0-9_]+")
                .matcher(Documents.read(NAME))
                .results()
                .map(MatchResult::group)
                .distinct())
        .hasSizeGreaterThan(3)
        .isSubsetOf(CoreGates.ALL.stream().map(Gate::name).collect(Collectors.toSet()));
  }
}
