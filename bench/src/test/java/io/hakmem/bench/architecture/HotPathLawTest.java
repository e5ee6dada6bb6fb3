package io.hakmem.bench.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** That each article of the hot path's law can fail, and that slow paths are free of it. */
final class HotPathLawTest {

  private static final String OFFENDERS = "io/hakmem/bench/architecture/fixture/HotOffenders";

  @ParameterizedTest
  @CsvSource({
    "overInterface, calls over an interface",
    "object, allocates an object",
    "array, allocates an array",
    "arrayOfObjects, allocates an array",
    "arrayOfArrays, allocates an array",
    "lock, takes a lock",
    "synchronizedMethod, takes a lock",
    "link, links code at run time",
    "atomic, synchronises by AtomicLong",
    "varHandle, orders memory by VarHandle",
    "inputs, reads a gate by Inputs",
    "setting, reads a gate by Settings",
    "overridable, can be overridden",
    "longMethod, limit 325",
    "longAccessor, limit 35",
    "deep, allocates an array",
    "inherited, allocates an array",
  })
  void offender_ofTheLaw_isFound(String name, String expected) throws IOException {
    assertThat(new HotPath(OFFENDERS, name + "(J)J").violations())
        .singleElement()
        .asString()
        .startsWith("HotOffenders." + name)
        .contains(expected);
  }

  @Test
  void slowPaths_whateverTheyDo_areNotFollowed() throws IOException {
    assertThat(new HotPath(OFFENDERS, "careful(J)J").violations()).isEmpty();
  }

  @Test
  void violation_farFromTheRoot_saysTheWay() throws IOException {
    assertThat(new HotPath(OFFENDERS, "deep(J)J").violations())
        .isEqualTo(
            List.of(
                "HotOffenders.deep > HotOffenders.deeper > HotOffenders.array allocates an array"));
  }

  @Test
  void root_thatDoesNotExist_isRefused() {
    assertThatThrownBy(() -> new HotPath(OFFENDERS, "absent(J)J"))
        .hasMessage("no method %s.absent(J)J", OFFENDERS);
  }
}
