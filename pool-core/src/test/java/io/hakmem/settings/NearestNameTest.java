package io.hakmem.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class NearestNameTest {

  @Test
  void distance_knownPairs_isLevenshteins() {
    assertThat(NearestName.distance("kitten", "sitting")).isEqualTo(3);
    assertThat(NearestName.distance("", "abc")).isEqualTo(3);
    assertThat(NearestName.distance("abc", "")).isEqualTo(3);
    assertThat(NearestName.distance("abc", "abc")).isZero();
    assertThat(NearestName.distance("flaw", "lawn")).isEqualTo(2);
  }

  @Test
  void to_twoEquallyNear_takesTheFirst() {
    assertThat(NearestName.to("cat", List.of("dog", "bat", "rat"))).isEqualTo("bat");
  }
}
