package io.hakmem.bench.docs;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the documents name in backticks as {@code Class.member} is there. */
@Tag("slow")
final class WalkthroughTest {

  private static final Pattern MEMBER = Pattern.compile("`([A-Z]\\w+)\\.(\\w+)`");

  private static final Map<String, JavaClass> CLASSES =
      new ClassFileImporter()
              .withImportOption(new ImportOption.DoNotIncludeTests())
              .importPackages("io.hakmem", "java.lang")
              .stream()
              .filter(type -> !type.getSimpleName().isEmpty())
              .collect(toMap(JavaClass::getSimpleName, type -> type, (first, second) -> first));

  @ParameterizedTest
  @ValueSource(strings = {"walkthrough.md", "concurrency.md", "writing-a-box.md"})
  void members_namedInTheDocument_exist(String document) throws IOException {
    String text = Documents.read(document);
    assertThat(MEMBER.matcher(text).results())
        .as("members named in %s", document)
        .hasSizeGreaterThan(2);
    MEMBER.matcher(text).results().forEach(WalkthroughTest::requireMember);
  }

  private static void requireMember(MatchResult named) {
    JavaClass type = CLASSES.get(named.group(1));
    assertThat(type).as("the class of %s", named.group()).isNotNull();
    assertThat(Objects.requireNonNull(type).getAllMembers())
        .extracting(JavaMember::getName)
        .as("members of %s", type.getSimpleName())
        .contains(named.group(2));
  }
}
