package io.github.topologyxds.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClientStateTableTest {
  /** Ten thousand random steps, held against a HashMap. */
  @Test
  void doesWhatAMapDoes() {
    Random random = new Random(5);
    Subscribers[] topics =
        IntStream.range(0, 300)
            .mapToObj(i -> new Subscribers("shop/s" + i))
            .toArray(Subscribers[]::new);
    ClientStateTable table = new ClientStateTable();
    Map<Subscribers, Object> model = new HashMap<>();
    for (int step = 0; step < 10_000; step++) {
      Subscribers topic = topics[random.nextInt(topics.length)];
      if (random.nextInt(5) < (step < 5000 ? 3 : 1)) {
        table.hold(table.add(topic), step);
        model.put(topic, step);
      } else if (table.find(topic) >= 0) {
        table.remove(table.find(topic));
        model.remove(topic);
      }
      assertThat(table.size()).isEqualTo(model.size());
    }
    for (Subscribers topic : topics) {
      int slot = table.find(topic);
      assertThat(slot < 0 ? null : table.held(slot)).isEqualTo(model.get(topic));
    }
    assertThat(model).isNotEmpty();
  }

  @Test
  void givesRoomBack() {
    ClientStateTable table = new ClientStateTable();
    Subscribers[] topics =
        IntStream.range(0, 10_000)
            .mapToObj(i -> new Subscribers("n" + i))
            .toArray(Subscribers[]::new);
    for (Subscribers topic : topics) {
      table.add(topic);
    }
    for (Subscribers topic : topics) {
      table.remove(table.find(topic));
    }
    assertThat(table.slots()).isEqualTo(8);
  }
}
