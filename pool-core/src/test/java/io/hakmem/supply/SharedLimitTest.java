package io.hakmem.supply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hakmem.BoxFailedException;
import org.junit.jupiter.api.Test;

/** Members of one limit, of which one asks the others for what they do not use. */
final class SharedLimitTest {

  private static final long LIMIT_BYTES = 100;

  private final SharedLimit limit = new SharedLimit("images", LIMIT_BYTES);
  private final SharedLimit.Account asking = limit.account(0, () -> 0);

  private SharedLimit.Account member(Throwable failure) {
    SharedLimit.Account[] member = new SharedLimit.Account[1];
    member[0] =
        limit.account(
            0,
            () -> {
              member[0].give(10);
              if (failure instanceof Error ofJvm) {
                throw ofJvm;
              }
              throw (RuntimeException) failure;
            });
    assertThat(member[0].take(30)).isTrue();
    return member[0];
  }

  @Test
  void trimOthers_ofAMemberWhoseBoxFails_countsWhatCameBack() {
    BoxFailedException broken = new BoxFailedException("box faulty failed in reclaim()");
    SharedLimit.Account first = member(broken);
    SharedLimit.Account second = member(broken);
    assertThat(asking.trimOthers()).isEqualTo(20);
    assertThat(first.held()).isEqualTo(20);
    assertThat(second.held()).isEqualTo(20);
    assertThat(limit.usedBytes()).isEqualTo(40);
  }

  @Test
  void trimOthers_atTheEndOfTheStack_saysThat() {
    Error end = new StackOverflowError("of a test");
    assertThat(member(end).held()).isEqualTo(30);
    assertThatThrownBy(asking::trimOthers).isSameAs(end);
  }
}
