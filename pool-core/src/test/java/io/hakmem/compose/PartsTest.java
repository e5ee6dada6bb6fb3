package io.hakmem.compose;

import static org.assertj.core.api.Assertions.assertThat;

import io.hakmem.pool.v1.PoolV1Provider;
import io.hakmem.supply.SharedLimit;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the parts say of themselves. */
final class PartsTest {

  private static Parts named(String name) {
    Boxes found = new Boxes(List.of(new TableDirectory.Provider()), List.of(new PoolV1Provider()));
    return new Parts(
        found, found.settings(Map.of("HAKMEM_JMX_NAME", name)), null, SharedLimit.none());
  }

  static Stream<Arguments> names() {
    return Stream.of(
        Arguments.of("images", "images"),
        Arguments.of("a\nb", "a\\u000ab"),
        Arguments.of("a\r\nb", "a\\u000d\\u000ab"),
        Arguments.of("a\033[2Jb", "a\\u001b[2Jb"),
        Arguments.of(
            "a" + (char) 0x85 + (char) 0x2028 + (char) 0x2029 + "b", "a\\u0085\\u2028\\u2029b"),
        Arguments.of("größe 大 😀", "größe 大 😀"));
  }

  @ParameterizedTest
  @MethodSource("names")
  void title_ofAnyName_isOneLine(String name, String shown) {
    assertThat(named(name).title()).isEqualTo("allocator " + shown);
    assertThat(named(name).summary()).startsWith(shown + ": ").hasLineCount(1);
  }
}
