package io.hakmem.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** What holds for the provider of every box module. */
public interface PoolBoxProviderContract {

  /** The artifact of the module under test. */
  String artifact();

  @Test
  default void serviceLoader_boxModulePresent_findsItsProvider() {
    assertThat(ServiceLoader.load(PoolBoxProvider.class))
        .extracting(PoolBoxProvider::name)
        .containsExactly(artifact());
  }
}
