package io.github.topologyxds.kubernetes.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FairQueueTest {
  private final FairQueue<String> queue =
      new FairQueue<>(item -> item.substring(0, item.indexOf('/')), 1_000);

  private List<String> take(int count) throws InterruptedException {
    List<String> taken = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      taken.add(queue.take());
    }
    return taken;
  }

  @Test
  void whoHasOneWaitsForNobodysThousand() throws Exception {
    for (int i = 0; i < 1_000; i++) {
      queue.add("loud/" + i);
    }
    assertThat(queue.add("quiet/0")).as("who has the most makes room").contains("loud/999");
    queue.add("third/0");
    assertThat(take(5)).containsExactly("loud/0", "quiet/0", "third/0", "loud/1", "loud/2");
  }

  @Test
  void whatNobodyHasMoreOfIsDroppedFromItself() {
    for (int i = 0; i < 1_000; i++) {
      queue.add("loud/" + i);
    }
    assertThat(queue.add("loud/1000")).contains("loud/1000");
  }

  @Test
  void whoIsPausedLetsOthersPass() throws Exception {
    queue.add("broken/0");
    queue.add("broken/1");
    queue.add("fine/0");
    queue.add("fine/1");
    queue.pause("broken", Duration.ofDays(1));
    assertThat(take(2)).containsExactly("fine/0", "fine/1");
    queue.pause("broken", Duration.ZERO);
    assertThat(take(2)).containsExactly("broken/0", "broken/1");
  }

  @Test
  void waitsForWhatComes() throws Exception {
    try (var one = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<String> taken = one.submit(queue::take);
      queue.add("late/0");
      assertThat(taken.get(10, TimeUnit.SECONDS)).isEqualTo("late/0");
    }
  }
}
