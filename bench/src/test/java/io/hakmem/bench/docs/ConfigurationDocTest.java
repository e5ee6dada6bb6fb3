package io.hakmem.bench.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.hakmem.gate.Profile;
import io.hakmem.gate.Profiles;
import io.hakmem.settings.CoreGates;
import io.hakmem.settings.GateTable;
import io.hakmem.spi.PageDirectoryProvider;
import io.hakmem.spi.PoolBoxProvider;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/configuration.md is generated; {@code -Ddocs.write=true} writes it anew. */
final class ConfigurationDocTest {

  private static final String NAME = "configuration.md";

  private static final String HEAD =
      """
      # Configuration

      Generated from the declarations of the gates. A test compares it with them; run that test with
      `-Ddocs.write=true` to write it anew.

      A gate is read once, when an allocator is composed. Its value comes from, the later ones winning:

      1. its default
      2. the profile that `HAKMEM_PROFILE` selects
      3. the environment variable of its name
      4. the system property of its name in small letters with dots
      5. the properties file that `HAKMEM_CONFIG` names
      6. the program, by a typed call such as `HakAllocator.builder().memoryLimit(bytes)`, by
         `set(name, value)` of the builder, or `--set` on the command line

      Sizes take the units `KiB`, `MiB` and `GiB`, also written `K`, `KB` or `Ki` and so on, in any case; all are
      powers of 1024, and `0.5GiB` is a size. A malformed value is refused. So is a name that no box on the
      path declares. Only in the environment such a name is ignored, with one WARN, since an orchestrator
      sets variables of its own; the commands that measure refuse it there too. Both messages have the
      nearest name and the boxes that are present. Each refusal is a `SettingsException` that names the
      origin of the value. A profile spans boxes: where one is absent, the profile's values that turn it off are left out, and
      `hakmem compose` notes them.

      """;

  @Test
  void configuration_always_isWhatTheDeclarationsSay() throws IOException {
    String generated = generated();
    if (Boolean.getBoolean("docs.write")) {
      Files.writeString(Documents.path(NAME), generated, StandardCharsets.UTF_8);
    }
    assertThat(Documents.read(NAME))
        .as("docs/configuration.md; write it anew with -Ddocs.write=true")
        .isEqualTo(generated);
  }

  private static String generated() {
    StringBuilder text = new StringBuilder(HEAD);
    text.append("## Gates of the core\n\n").append(GateTable.markdown(CoreGates.ALL));
    for (PageDirectoryProvider directory : ServiceLoader.load(PageDirectoryProvider.class)) {
      text.append("\n## Gates of ").append(directory.name()).append("\n\n");
      text.append(GateTable.markdown(directory.gates()));
    }
    for (PoolBoxProvider box : boxes()) {
      text.append("\n## Gates of ").append(box.name()).append("\n\n");
      text.append(GateTable.markdown(box.gates()));
    }
    text.append("\n## Profiles\n\n| name | sets | for |\n|---|---|---|\n");
    Profiles.ALL.forEach(profile -> text.append(row(profile)));
    boxes().forEach(box -> box.profiles().forEach(profile -> text.append(row(profile))));
    return text.toString();
  }

  private static List<PoolBoxProvider> boxes() {
    return ServiceLoader.load(PoolBoxProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .sorted(Comparator.comparingInt(PoolBoxProvider::place))
        .toList();
  }

  private static String row(Profile profile) {
    String values =
        profile.values().entrySet().stream()
            .map(value -> "`%s=%s`".formatted(value.getKey(), value.getValue()))
            .sorted()
            .collect(Collectors.joining(" "));
    return "| `%s` | %s | %s |%n".formatted(profile.name(), values, profile.doc());
  }
}
