package io.github.topologyxds.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

/** The first change goes out at once, then one push for each stream and window. */
class PacingTest {
  private final FakeClock clock = new FakeClock();
  private final int[] pushes = new int[2];
  private final long[] lastSent = {Long.MIN_VALUE / 2, Long.MIN_VALUE / 2};
  private final Pacing pacing =
      new Pacing(clock, Duration.ofMillis(100), i -> lastSent[i], this::push);

  /** Sessions that await an answer, and so can be sent nothing. */
  private final BitSet open = new BitSet();

  private void push(int session) {
    if (!open.get(session)) {
      pushes[session]++;
      lastSent[session] = pacing.sent(session);
    }
  }

  private void change(int... sessions) {
    BitSet changed = new BitSet();
    for (int session : sessions) {
      changed.set(session);
    }
    pacing.changed(changed);
  }

  @Test
  void sendsTheFirstAtOnceAndTheRestOfAWindowTogether() {
    change(0);
    assertThat(pushes[0]).isEqualTo(1);
    for (int i = 0; i < 9; i++) {
      clock.advance(10);
      change(0);
    }
    assertThat(pushes[0]).isEqualTo(1);
    assertThat(pacing.delays(0)).isTrue();
    clock.advance(10);
    assertThat(pushes[0]).isEqualTo(2);
    assertThat(pacing.delays(0)).isFalse();
  }

  @Test
  void holdsNobodyBackForTheSakeOfAnother() {
    change(0);
    clock.advance(50);
    change(0, 1);
    assertThat(pushes).containsExactly(1, 1);
    clock.advance(50);
    assertThat(pushes).containsExactly(2, 1);
  }

  @Test
  void sendsTenInASecondHoweverManyChangesThereAre() {
    for (int i = 0; i < 1000; i++) {
      change(0);
      clock.advance(1);
    }
    // One at 0 ms, one at 100 ms, ... and the one at 1,000 ms.
    assertThat(pushes[0]).isEqualTo(11);
  }

  @Test
  void sendsNothingBeforeItsWindowIsOverAndSoonAfter() {
    change(0);
    clock.advance(2);
    change(1);
    change(0, 1);
    clock.advance(98);
    assertThat(pushes).containsExactly(2, 1);
    clock.advance(4);
    assertThat(pushes).as("102 ms after its first").containsExactly(2, 1);
    clock.advance(1);
    assertThat(pushes).containsExactly(2, 2);
  }

  @Test
  void letsOutAtOnceWhatCannotWait() {
    change(0);
    clock.advance(10);
    change(0, 1);
    change(0, 1);
    assertThat(pacing.wouldDelay(0)).isTrue();
    BitSet urgent = new BitSet();
    urgent.set(0);
    pacing.hurry(urgent);
    assertThat(pushes).containsExactly(2, 1);
    assertThat(pacing.delays(0)).isFalse();
    assertThat(pacing.delays(1)).isTrue();
  }

  @Test
  void whatCannotWaitGoesOutWithTheAnswerToAnUnackedResponse() {
    change(0);
    open.set(0);
    clock.advance(10);
    BitSet urgent = new BitSet();
    urgent.set(0);
    pacing.hurry(urgent);
    change(0);
    assertThat(pushes).containsExactly(1, 0);
    assertThat(pacing.delays(0)).as("what comes after it neither").isFalse();
    open.clear(0);
    push(0);
    change(0);
    assertThat(pushes).as("and then the window counts again").containsExactly(2, 0);
    assertThat(pacing.delays(0)).isTrue();
  }

  @Test
  void wakesForWhoeverIsDueFirst() {
    change(1);
    clock.advance(80);
    change(0);
    change(0);
    clock.advance(10);
    change(1);
    clock.advance(10);
    assertThat(pushes).as("100 ms after its last").containsExactly(1, 2);
    clock.advance(80);
    assertThat(pushes).containsExactly(2, 2);
  }

  @Test
  void holdsNothingBackWithoutAWindow() {
    Pacing atOnce = new Pacing(clock, Duration.ZERO, i -> lastSent[i], this::push);
    BitSet one = new BitSet();
    one.set(0);
    for (int i = 0; i < 5; i++) {
      atOnce.changed(one);
    }
    assertThat(pushes[0]).isEqualTo(5);
  }

  @Test
  void forgetsAStreamThatIsOver() {
    change(0);
    change(0);
    pacing.forget(0);
    clock.advance(1000);
    assertThat(pushes[0]).isEqualTo(1);
  }
}
