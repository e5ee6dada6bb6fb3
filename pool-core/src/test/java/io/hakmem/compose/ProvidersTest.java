package io.hakmem.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hakmem.gate.Settings;
import io.hakmem.pool.v1.PoolV1Provider;
import io.hakmem.spi.PageDirectory;
import io.hakmem.spi.PageDirectoryProvider;
import io.hakmem.spi.PoolBoxProvider;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProvidersTest {

  @TempDir private Path folder;

  /** Its constructor is no one's to call. */
  static final class Unmade implements PageDirectoryProvider {

    private Unmade() {}

    @Override
    public String name() {
      return "unmade";
    }

    @Override
    public PageDirectory create(Settings settings) {
      return new TableDirectory();
    }
  }

  /** Listed, and in no service file. */
  public static final class Listed implements PageDirectoryProvider {

    @Override
    public String name() {
      return "listed";
    }

    @Override
    public PageDirectory create(Settings settings) {
      return new TableDirectory();
    }
  }

  private <T> List<T> found(Class<T> type, String... lines) throws IOException {
    Path list = folder.resolve(Providers.LIST);
    Files.createDirectories(list.resolveSibling("."));
    Files.write(list, List.of(lines));
    try (URLClassLoader loader =
        new URLClassLoader(
            new URL[] {folder.toUri().toURL()}, ProvidersTest.class.getClassLoader())) {
      return new Providers(loader).of(type, ServiceLoader.load(type, loader));
    }
  }

  @Test
  void of_aClassThatOnlyTheListNames_findsIt() throws IOException {
    assertThat(found(PageDirectoryProvider.class, "# lost", "", Listed.class.getName() + " "))
        .extracting(PageDirectoryProvider::name)
        .containsExactly("listed");
  }

  @Test
  void of_aClassThatBothName_findsItOnce() throws IOException {
    assertThat(found(PoolBoxProvider.class, PoolV1Provider.class.getName()))
        .hasExactlyElementsOfTypes(PoolV1Provider.class);
  }

  @Test
  void of_anAbsentClassAndOneOfAnotherService_leavesThemOut() throws IOException {
    assertThat(
            found(PageDirectoryProvider.class, "io.hakmem.Absent", PoolV1Provider.class.getName()))
        .isEmpty();
  }

  @Test
  void of_aClassThatCannotBeMade_saysWhich() {
    assertThatThrownBy(() -> found(PageDirectoryProvider.class, Unmade.class.getName()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("%s of META-INF/hakmem/providers cannot be made", Unmade.class.getName());
  }

  @Test
  void remedy_ofEachDeployment_namesWhatHelps() {
    assertThat(Providers.remedy(true, true)).contains("jlink", "--add-modules io.hakmem");
    assertThat(Providers.remedy(true, false)).isEqualTo("add io.hakmem:hakmem to the module path");
    assertThat(Providers.remedy(false, false))
        .contains("io.hakmem:hakmem", "ServicesResourceTransformer", Providers.LIST);
    assertThat(Providers.remedy()).isEqualTo(Providers.remedy(false, false));
  }
}
