package io.github.topologyxds.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FleetGarbageTest {
  private final AtomicInteger collections = new AtomicInteger();
  private final FleetGarbage garbage = new FleetGarbage(collections::incrementAndGet);

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
      go(99);
    }
    assertThat(collections).hasValue(0);
  }

  @Test
  void isCollectedOnceForEachFleet() {
    for (int fleet = 1; fleet <= 3; fleet++) {
      come(100);
      go(100);
      come(1);
      go(1);
      assertThat(collections).hasValue(fleet);
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
