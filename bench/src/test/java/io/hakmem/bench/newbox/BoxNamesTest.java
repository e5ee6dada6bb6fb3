package io.hakmem.bench.newbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BoxNamesTest {

  @Test
  void of_oneWord_namesAllPartsByIt() {
    BoxNames names = BoxNames.of("demo", null);
    assertThat(names.className()).isEqualTo("Demo");
    assertThat(names.packageName()).isEqualTo("demo");
    assertThat(names.group()).isEqualTo("demo");
    assertThat(names.gate()).isEqualTo("HAKMEM_DEMO_ENABLE");
    assertThat(names.counterPrefix()).isEqualTo("demo_");
  }

  @Test
  void of_severalWords_joinsThemAsEachPartDoes() {
    BoxNames names = BoxNames.of("bump-slab-2", null);
    assertThat(names.className()).isEqualTo("BumpSlab2");
    assertThat(names.packageName()).isEqualTo("bumpslab2");
    assertThat(names.gate()).isEqualTo("HAKMEM_BUMP_SLAB_2_ENABLE");
    assertThat(names.counterPrefix()).isEqualTo("bump_slab_2_");
  }

  @Test
  void of_package_takesItAndItsGroup() {
    BoxNames names = BoxNames.of("demo", "com.example.boxes");
    assertThat(names.packageName()).isEqualTo("com.example.boxes");
    assertThat(names.packagePath()).isEqualTo("com/example/boxes");
    assertThat(names.group()).isEqualTo("com.example");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Demo",
        "2demo",
        "-demo",
        "demo-",
        "de--mo",
        "de_mo",
        "../demo",
        "a23456789-123456789-123456789-123"
      })
  void of_nameThatIsNone_isRefused(String name) {
    assertThatThrownBy(() -> BoxNames.of(name, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("name=" + name + " must be words of small letters and digits");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "com..example", "com.new", "com/example", "com.example."})
  void of_packageThatIsNone_isRefused(String packageName) {
    assertThatThrownBy(() -> BoxNames.of("demo", packageName))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("package=" + packageName + " must be the name of a Java package");
  }

  @Test
  void of_nameThatIsNoPackage_saysHowToGiveAnother() {
    assertThatThrownBy(() -> BoxNames.of("new", null))
        .hasMessage("package=new must be the name of a Java package; --package gives another one");
    assertThat(BoxNames.of("new", "com.example").className()).isEqualTo("New");
  }
}
