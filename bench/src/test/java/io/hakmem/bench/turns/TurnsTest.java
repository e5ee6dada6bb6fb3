package io.hakmem.bench.turns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TurnsTest {

  @Test
  void order_ofManyRounds_hasEachSideOnceARound() {
    for (int round = 0; round < 10; round++) {
      assertThat(Turns.order(round, 4)).containsExactlyInAnyOrder(0, 1, 2, 3);
    }
  }

  @Test
  void order_ofSixRounds_putsEachSideFirstTwiceAndAfterEachOther() {
    List<Integer> first = new ArrayList<>();
    List<String> pairs = new ArrayList<>();
    for (int round = 0; round < 6; round++) {
      List<Integer> order = Turns.order(round, 3);
      first.add(order.getFirst());
      pairs.add(order.get(0) + ">" + order.get(1));
      pairs.add(order.get(1) + ">" + order.get(2));
    }
    assertThat(first).containsOnly(0, 1, 2);
    assertThat(List.of(0, 1, 2))
        .allSatisfy(side -> assertThat(first).filteredOn(side::equals).hasSize(2));
    assertThat(List.of("0>1", "1>0", "1>2", "2>1", "2>0", "0>2"))
        .allSatisfy(pair -> assertThat(pairs).filteredOn(pair::equals).hasSize(2));
  }

  @Test
  void warmUp_ofSlowRounds_isAtLeastTwoTurnsAndEndsWithTheTime() {
    TurnPlan plan = new TurnPlan(3, 100, 1000);
    assertThat(plan.isWarmingUp(1, 3, Long.MAX_VALUE)).isTrue();
    assertThat(plan.isWarmingUp(2, 3, 2_999_999_999L)).isTrue();
    assertThat(plan.isWarmingUp(2, 3, 3_000_000_000L)).isFalse();
  }
}
