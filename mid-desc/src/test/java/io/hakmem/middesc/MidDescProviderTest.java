package io.hakmem.middesc;

import static org.assertj.core.api.Assertions.assertThat;

import io.hakmem.gate.Settings;
import io.hakmem.spi.PageDirectory;
import io.hakmem.spi.PageDirectoryProvider;
import io.hakmem.tck.PageDirectoryContract;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

final class MidDescProviderTest extends PageDirectoryContract {

  @Override
  protected PageDirectory newDirectory() {
    return directory("0");
  }

  static PageDirectory directory(String cacheEnabled) {
    Settings.Entry<?> gate =
        Settings.Entry.parse(MidDescProvider.CACHE_ENABLED, cacheEnabled, "test");
    return new MidDescProvider().create(Settings.of(List.of(gate), List.of()));
  }

  @Test
  void name_always_isTheArtifact() {
    assertThat(new MidDescProvider().name()).isEqualTo("mid-desc");
  }

  @Test
  void serviceLoader_onTheClassPath_findsTheProvider() {
    assertThat(ServiceLoader.load(PageDirectoryProvider.class))
        .singleElement()
        .isInstanceOf(MidDescProvider.class);
  }
}
