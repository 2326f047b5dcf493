package io.github.topologyxds.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FleetGarbageTest {
  private final AtomicInteger collections = new AtomicInteger();

  /** What is to be done when a while has gone by. */
  private final Queue<Runnable> later = new ArrayDeque<>();

  private final AtomicLong heap = new AtomicLong(256 << 20);
  private final FleetGarbage garbage =
      new FleetGarbage(collections::incrementAndGet, heap::get, later::add);

  @Test
  void isCollectedOnceTheLastOfManyHasGone() {
    come(150);
    go(149);
    assertThat(collections).hasValue(0);
    go(1);
    assertThat(collections).hasValue(1);
  }

  @Test
  void isLeftAloneWhereFewCameAndWent() {
    for (int i = 0; i < 500; i++) {
      come(99);
      aWhileGoesBy();
      go(99);
    }
    assertThat(collections).hasValue(0);
  }

  @Test
  void isCollectedOnceForEachFleetThatHasGone() {
    for (int fleet = 1; fleet <= 3; fleet++) {
      come(100);
      go(100);
      come(1);
      go(1);
      assertThat(collections).hasValue(fleet);
    }
  }

  @Test
  void isCollectedOnceNoMoreOfAFleetCome() {
    come(600);
    aWhileGoesBy();
    assertThat(collections).hasValue(0);
    come(400);
    aWhileGoesBy();
    assertThat(collections).hasValue(0);
    aWhileGoesBy();
    assertThat(collections).hasValue(1);
    aWhileGoesBy();
    assertThat(collections).hasValue(1);
  }

  @Test
  void isCollectedOnceForEachHalfThatIsReplaced() {
    come(1000);
    aWhileGoesBy();
    aWhileGoesBy();
    assertThat(collections).hasValue(1);
    for (int i = 0; i < 1000; i++) {
      go(1);
      come(1);
      aWhileGoesBy();
      aWhileGoesBy();
    }
    assertThat(collections).hasValue(3);
  }

  @Test
  void isCollectedOnceWhereAFleetHasGoneBeforeItWasQuiet() {
    come(200);
    go(200);
    assertThat(collections).hasValue(1);
    aWhileGoesBy();
    aWhileGoesBy();
    assertThat(collections).hasValue(1);
    assertThat(later).isEmpty();
  }

  @Test
  void isLeftAloneWhereClientsWouldWaitForALargeHeap() {
    heap.incrementAndGet();
    come(1000);
    aWhileGoesBy();
    aWhileGoesBy();
    assertThat(later).isEmpty();
    assertThat(collections).hasValue(0);
    go(1000);
    assertThat(collections).hasValue(1);
  }

  private void aWhileGoesBy() {
    for (int waiting = later.size(); waiting > 0; waiting--) {
      later.remove().run();
    }
  }

  private void come(int clients) {
    for (int i = 0; i < clients; i++) {
      garbage.came();
    }
  }

  private void go(int clients) {
    for (int i = 0; i < clients; i++) {
      garbage.went();
    }
  }
}
