package io.hakmem.heap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class IntervalTest {

  private final AtomicLong nowNs = new AtomicLong(-50);
  private final Interval interval = new Interval(nowNs::get, 10);

  @Test
  void passed_afterItsLength_isTrueOnce() {
    nowNs.set(-40);
    assertThat(interval.passed()).isFalse();
    nowNs.set(-39);
    assertThat(interval.passed()).isTrue();
    assertThat(interval.passed()).isFalse();
    nowNs.set(-28);
    assertThat(interval.passed()).isTrue();
  }

  @Test
  void passed_clockOverflows_isTrueAsBefore() {
    nowNs.set(Long.MAX_VALUE - 5);
    Interval late = new Interval(nowNs::get, 10);
    nowNs.set(Long.MIN_VALUE + 4);
    assertThat(late.passed()).isFalse();
    nowNs.set(Long.MIN_VALUE + 5);
    assertThat(late.passed()).isTrue();
  }
}
