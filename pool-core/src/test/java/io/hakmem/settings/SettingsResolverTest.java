package io.hakmem.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hakmem.SettingsException;
import io.hakmem.gate.Gate;
import io.hakmem.gate.Profile;
import io.hakmem.gate.Settings;
import io.hakmem.gate.ZeroMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

final class SettingsResolverTest {

  private static final Gate<Boolean> CACHE =
      Gate.flag("HAKMEM_MID_DESC_CACHE_ENABLED", false, "A switch of an installed box.");

  private static final Profile FAST =
      new Profile("FAST", "For tests.", Map.of("HAKMEM_DECAY_MS", "1"));
  private static final Profile LEGACY =
      new Profile(
          "LEGACY",
          "Without fronts.",
          Map.of("HAKMEM_TINY_HEAP_PROFILE", "LEGACY", "HAKMEM_BENCH_MIN_SIZE", "16"));
  private static final Profile FLATTEN =
      new Profile("FLATTEN", "Needs a box.", Map.of("HAKMEM_POOL_V1_FLATTEN_ENABLED", "1"));

  private static final List<String> PRESENT = List.of("mid-desc", "pool-v1");
  private static final String PERHAPS_ABSENT =
      ". If the name is right, the artifact of its box is missing: the boxes that are present,"
          + " mid-desc, pool-v1, do not declare it";

  @TempDir private Path directory;

  private final Map<String, String> environment = new HashMap<>();
  private final Map<String, String> properties = new HashMap<>();
  private final Map<String, String> builder = new HashMap<>();
  private Path file = Path.of("");

  @BeforeEach
  void nameFile() {
    file = directory.resolve("hakmem.properties");
  }

  @Test
  void resolve_nothingGiven_isDefaults() {
    Settings settings = resolve();

    assertThat(settings.get(CoreGates.ZERO_MODE)).isEqualTo(ZeroMode.FULL);
    assertThat(settings.get(CACHE)).isFalse();
    assertThat(settings.gates()).startsWith(CoreGates.PROFILE).endsWith(CACHE);
    assertThat(settings.gates()).allMatch(gate -> settings.source(gate).equals("default"));
  }

  @Test
  void resolve_oneSourceAfterAnother_laterWins() throws IOException {
    assertDecay(1000, "default");
    environment.put("HAKMEM_PROFILE", "FAST");
    assertDecay(1, "profile FAST");
    environment.put("HAKMEM_DECAY_MS", "2");
    assertDecay(2, "environment HAKMEM_DECAY_MS");
    properties.put("hakmem.decay.ms", "3");
    assertDecay(3, "system property hakmem.decay.ms");
    Files.writeString(file, "hakmem.decay.ms = 4 \n");
    environment.put("HAKMEM_CONFIG", file.toString());
    assertDecay(4, "file " + file);
    builder.put("HAKMEM_DECAY_MS", "5");
    assertDecay(5, "builder");
  }

  @Test
  void resolve_profileInSmallLetters_isThatProfile() {
    environment.put("HAKMEM_PROFILE", "fast");
    assertDecay(1, "profile FAST");
  }

  @Test
  void resolve_fileNamedTwice_readsTheLaterOne() throws IOException {
    Files.writeString(file, "HAKMEM_DECAY_MS=7\n");
    environment.put("HAKMEM_CONFIG", "missing.properties");
    properties.put("hakmem.config", file.toString());
    assertDecay(7, "file " + file);

    builder.put("HAKMEM_CONFIG", "");
    assertDecay(1000, "default");
  }

  @Test
  void resolve_profileNamedInFile_isUsed() throws IOException {
    Files.writeString(file, "hakmem.profile=FAST\n");
    properties.put("hakmem.config", file.toString());

    assertDecay(1, "profile FAST");
    assertThat(resolve().source(CoreGates.PROFILE)).isEqualTo("file " + file);
  }

  @Test
  void resolve_foreignNames_areIgnored() {
    environment.put("PATH", "x");
    environment.put("HAKMEM_JAVA_HOME", "x");
    environment.put("HAKMEM_BOXES", "x");
    environment.put("HAKMEM_BENCH_MIN_SIZE", "x");
    properties.put("java.home", "x");
    properties.put("hakmem.java.home", "x");
    properties.put("hakmem.bench.min.size", "x");
    builder.put("HAKMEM_BENCH_MAX_SIZE", "x");

    assertDecay(1000, "default");
  }

  @Test
  void resolve_unknownNameOfTheEnvironment_isIgnoredAndSaid() {
    environment.put("HAKMEM_POL_ZERO_MOD", "off");

    assertThat(resolve().ignored())
        .containsExactly(
            "HAKMEM_POL_ZERO_MOD, set by environment HAKMEM_POL_ZERO_MOD, is no setting;"
                + " the nearest is HAKMEM_POOL_ZERO_MODE"
                + PERHAPS_ABSENT);
    assertThat(resolve().notes()).isEmpty();
  }

  @Test
  void resolve_unknownName_namesNearest() throws IOException {
    properties.put("hakmem.pool.zero-mode", "off");
    assertRefused(
        "hakmem.pool.zero-mode, set by system property hakmem.pool.zero-mode, is no setting;"
            + " the nearest is hakmem.pool.zero.mode"
            + PERHAPS_ABSENT);
    properties.clear();

    builder.put("decay", "1");
    assertRefused(
        "decay, set by builder, is no setting; the nearest is HAKMEM_DECAY_MS" + PERHAPS_ABSENT);
    builder.clear();

    Files.writeString(file, "hakmem.decay=1\n");
    properties.put("hakmem.config", file.toString());
    assertRefused(
        "hakmem.decay, set by file "
            + file
            + ", is no setting; the nearest is hakmem.decay.ms"
            + PERHAPS_ABSENT);
  }

  @Test
  void resolve_malformedValue_isRefusedEvenIfOverridden() {
    environment.put("HAKMEM_DECAY_MS", "soon");
    builder.put("HAKMEM_DECAY_MS", "5");

    assertRefused(
        "HAKMEM_DECAY_MS=soon, set by environment HAKMEM_DECAY_MS, must be at least 0 ms");
  }

  @Test
  void resolve_bothSpellingsInOneSource_isRefused() {
    builder.put("HAKMEM_DECAY_MS", "5");
    builder.put("hakmem.decay.ms", "5");

    assertRefused(
        "HAKMEM_DECAY_MS is set twice by builder, as HAKMEM_DECAY_MS and as hakmem.decay.ms");
  }

  @Test
  void resolve_missingFile_isRefused() {
    String missing = directory.resolve("missing").toString();
    properties.put("hakmem.config", missing);

    assertRefused(
        ("HAKMEM_CONFIG=%s, set by system property hakmem.config, must be a readable"
                + " properties file in UTF-8 (java.nio.file.NoSuchFileException: %s)")
            .formatted(missing, missing));
  }

  @Test
  void resolve_malformedFile_isRefused() throws IOException {
    Files.writeString(file, "hakmem.profile=\\u00zz\n");
    builder.put("HAKMEM_CONFIG", file.toString());

    assertRefused(
        ("HAKMEM_CONFIG=%s, set by builder, must be a readable"
                + " properties file in UTF-8 (java.lang.IllegalArgumentException: Malformed \\uxxxx encoding.)")
            .formatted(file));
  }

  /** A device that never ends, and what is no file; a pipe would wait for ever. */
  @Test
  @Timeout(20)
  void resolve_noRegularFile_isRefused() {
    for (String path : List.of("/dev/zero", directory.toString())) {
      builder.put("HAKMEM_CONFIG", path);
      assertRefused(
          "HAKMEM_CONFIG=%s, set by builder, must be a readable properties file in UTF-8"
                  .formatted(path)
              + " (java.io.IOException: it is no regular file)");
    }
  }

  @Test
  void resolve_hugeFile_isRefused() throws IOException {
    int most = 1 << 20;
    builder.put("HAKMEM_CONFIG", file.toString());
    Files.writeString(file, "#".repeat(most));
    assertThat(resolve().source(CoreGates.DECAY_MS)).isEqualTo("default");
    Files.writeString(file, "#".repeat(most + 1));
    assertRefused(
        "HAKMEM_CONFIG=%s, set by builder, must be a readable properties file in UTF-8"
                .formatted(file)
            + " (java.io.IOException: it is larger than 1048576 bytes)");
  }

  @Test
  void resolve_fileNamingAFile_isRefused() throws IOException {
    Files.writeString(file, "hakmem.config=other\n");
    builder.put("HAKMEM_CONFIG", file.toString());

    assertRefused("HAKMEM_CONFIG must not be set by file " + file);
  }

  @Test
  void resolve_gateOfAbsentBox_saysWhichBoxesArePresent() {
    builder.put("HAKMEM_POOL_V2_ENABLED", "0");

    assertRefused(
        "HAKMEM_POOL_V2_ENABLED, set by builder, is no setting;"
            + " the nearest is HAKMEM_JMX_ENABLED"
            + PERHAPS_ABSENT);
  }

  @Test
  void resolve_profileOffForAbsentBox_isLeftOutWithNote() {
    builder.put("HAKMEM_PROFILE", "LEGACY");

    assertThat(resolve().notes())
        .containsExactly(
            "HAKMEM_TINY_HEAP_PROFILE=LEGACY of profile LEGACY is left out:"
                + " no box that is present (mid-desc, pool-v1) declares it");
  }

  @Test
  void resolve_profileOnForAbsentBox_namesProfileAndGate() {
    builder.put("HAKMEM_PROFILE", "FLATTEN");

    assertRefused(
        "HAKMEM_POOL_V1_FLATTEN_ENABLED, set by profile FLATTEN, is no setting;"
            + " the nearest is HAKMEM_MID_DESC_CACHE_ENABLED"
            + PERHAPS_ABSENT);
  }

  @Test
  void resolve_unknownProfile_namesNearest() {
    environment.put("HAKMEM_PROFILE", "FLATEN");

    assertRefused(
        "HAKMEM_PROFILE=FLATEN, set by environment HAKMEM_PROFILE, is no profile;"
            + " the nearest is FLATTEN, all are FAST, LEGACY, FLATTEN");
  }

  @Test
  void resolve_profileWithoutAny_isRefused() {
    SettingsResolver resolver = new SettingsResolver(List.of(), List.of(), PRESENT);
    Inputs inputs = new Inputs(Map.of(), Map.of(), Map.of("HAKMEM_PROFILE", "FAST"));

    assertThatThrownBy(() -> resolver.resolve(inputs))
        .isInstanceOf(SettingsException.class)
        .hasMessage("HAKMEM_PROFILE=FAST, set by builder, is no profile; there is none");
  }

  @Test
  void resolve_profileSelectingAProfileOrFile_isRefused() {
    for (String gate : List.of("HAKMEM_PROFILE", "HAKMEM_CONFIG")) {
      Profile nested = new Profile("NESTED", "For tests.", Map.of(gate, "FAST"));
      SettingsResolver resolver = new SettingsResolver(List.of(), List.of(nested), PRESENT);
      Inputs inputs = new Inputs(Map.of(), Map.of(), Map.of("HAKMEM_PROFILE", "NESTED"));

      assertThatThrownBy(() -> resolver.resolve(inputs))
          .isInstanceOf(SettingsException.class)
          .hasMessage("%s must not be set by profile NESTED", gate);
    }
  }

  @Test
  void resolve_profileWithMistake_isRefused() {
    Profile wrong = new Profile("WRONG", "For tests.", Map.of("HAKMEM_DECAY", "7"));
    SettingsResolver resolver = new SettingsResolver(List.of(), List.of(wrong), PRESENT);
    Inputs inputs = new Inputs(Map.of(), Map.of(), Map.of("HAKMEM_PROFILE", "WRONG"));

    assertThatThrownBy(() -> resolver.resolve(inputs))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "HAKMEM_DECAY, set by profile WRONG, is no setting; the nearest is HAKMEM_DECAY_MS"
                + PERHAPS_ABSENT);
  }

  @Test
  void declare_twice_isRefused() {
    assertThatThrownBy(() -> new SettingsResolver(List.of(CACHE, CACHE), List.of(), PRESENT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("gate HAKMEM_MID_DESC_CACHE_ENABLED is declared twice");
    assertThatThrownBy(() -> new SettingsResolver(List.of(), List.of(FAST, FAST), PRESENT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("profile FAST is declared twice");
  }

  @Test
  void inputs_ofProcess_readsEnvironmentAndProperties() {
    Inputs inputs = Inputs.ofProcess(Map.of("HAKMEM_DECAY_MS", "5"));

    assertThat(inputs.environment()).isEqualTo(System.getenv());
    assertThat(inputs.properties())
        .containsEntry("java.version", System.getProperty("java.version"));
    assertThat(inputs.builder()).containsExactly(Map.entry("HAKMEM_DECAY_MS", "5"));
  }

  @Test
  void texts_propertyThatIsNoText_isIgnored() {
    Properties mixed = new Properties();
    mixed.put("hakmem.decay.ms", 5);
    mixed.setProperty("hakmem.profile", "FAST");

    assertThat(Inputs.texts(mixed)).containsExactly(Map.entry("hakmem.profile", "FAST"));
  }

  private Settings resolve() {
    return new SettingsResolver(List.of(CACHE), List.of(FAST, LEGACY, FLATTEN), PRESENT)
        .resolve(new Inputs(environment, properties, builder));
  }

  private void assertDecay(long ms, String source) {
    Settings settings = resolve();
    assertThat(settings.get(CoreGates.DECAY_MS)).isEqualTo(ms);
    assertThat(settings.source(CoreGates.DECAY_MS)).isEqualTo(source);
  }

  private void assertRefused(String message) {
    assertThatThrownBy(this::resolve).isInstanceOf(SettingsException.class).hasMessage(message);
  }
}
