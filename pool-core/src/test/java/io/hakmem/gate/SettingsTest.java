package io.hakmem.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SettingsTest {

  private static final Gate<Long> SIZE =
      Gate.bytes("HAKMEM_SIZE", 1024, 0, Long.MAX_VALUE, "A size.");
  private static final Gate<Boolean> FLAG = Gate.flag("HAKMEM_FLAG", false, "A switch.");

  @Test
  void get_defaults_areTyped() {
    Settings settings = Settings.defaults(List.of(SIZE, FLAG));

    long size = settings.get(SIZE);
    boolean flag = settings.get(FLAG);
    assertThat(size).isEqualTo(1024);
    assertThat(flag).isFalse();
    assertThat(settings.source(SIZE)).isEqualTo("default");
    assertThat(settings.gates()).containsExactly(SIZE, FLAG);
    assertThat(settings.notes()).isEmpty();
  }

  @Test
  void text_ofGivenValue_isCanonical() {
    Settings settings =
        Settings.of(List.of(Settings.Entry.parse(SIZE, "2048 KIB", "builder")), List.of("a note"));

    assertThat(settings.text(SIZE)).isEqualTo("2MiB");
    assertThat(settings.source(SIZE)).isEqualTo("builder");
    assertThat(settings.notes()).containsExactly("a note");
  }

  @Test
  void get_undeclaredGate_isRefused() {
    Settings settings = Settings.defaults(List.of(SIZE));
    String message = "gate HAKMEM_FLAG was not declared; declared are [HAKMEM_SIZE]";

    assertThatThrownBy(() -> settings.get(FLAG))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> settings.source(FLAG))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> settings.text(FLAG))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(message);
  }

  @Test
  void defaults_gateTwice_isRefused() {
    assertThatThrownBy(() -> Settings.defaults(List.of(SIZE, SIZE)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("HAKMEM_SIZE has two values");
  }

  @Test
  void profile_valuesChangedLater_keepsItsOwn() {
    Map<String, String> values = new LinkedHashMap<>(Map.of("HAKMEM_FLAG", "1"));
    Profile profile = new Profile("TEST", "For tests.", values);
    values.clear();

    assertThat(profile.values()).containsExactly(Map.entry("HAKMEM_FLAG", "1"));
  }

  @Test
  void profile_withoutNameOrDoc_isRefused() {
    assertThatThrownBy(() -> new Profile("", "For tests.", Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a profile needs a name and a doc: name='' doc='For tests.'");
    assertThatThrownBy(() -> new Profile("TEST", " ", Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a profile needs a name and a doc: name='TEST' doc=' '");
  }

  @ParameterizedTest
  @ValueSource(strings = {" TEST", "TEST "})
  void profile_spaceAroundTheName_isRefused(String name) {
    assertThatThrownBy(() -> new Profile(name, "For tests.", Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("name='%s' of a profile must not begin or end with a space", name);
  }
}
