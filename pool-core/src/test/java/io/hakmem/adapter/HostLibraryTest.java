package io.hakmem.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HostLibraryTest {

  private static HostLibrary library(@Nullable String version) {
    return new HostLibrary("hakmem-some", "some-library", version);
  }

  @ParameterizedTest
  @ValueSource(strings = {"4.1", "4.1.118.Final", "3.9.9", "4"})
  void requireAtLeast_ofAnOlderOne_saysBoth(String version) {
    assertThatThrownBy(() -> library(version).requireAtLeast("4.2"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("hakmem-some needs some-library 4.2 or later, but %s is there", version);
  }

  @ParameterizedTest
  @ValueSource(strings = {"4.2", "4.2.0.Beta1", "4.10.1", "5.0.0-SNAPSHOT"})
  void requireAtLeast_ofThatOrALaterOne_isQuiet(String version) {
    assertThatCode(() -> library(version).requireAtLeast("4.2")).doesNotThrowAnyException();
  }

  @Test
  void requireAtLeast_ofAnUnknownOne_isQuiet() {
    assertThatCode(() -> library(null).requireAtLeast("4.2")).doesNotThrowAnyException();
  }

  @Test
  void unfit_always_namesBothAndKeepsTheCause() {
    LinkageError missing = new NoSuchMethodError("some.Type.some()");
    assertThat(library("4.3").unfit(missing))
        .hasMessage("hakmem-some does not fit to some-library 4.3: some.Type.some()")
        .hasCause(missing);
    assertThat(library(null).unfit(missing)).hasMessageContaining("of an unknown version");
  }
}
