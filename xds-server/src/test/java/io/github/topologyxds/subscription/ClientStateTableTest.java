package io.github.topologyxds.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.xds.resource.KnownResource;
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
    Subscribers[] entries =
        IntStream.range(0, 300)
            .mapToObj(i -> new Subscribers("shop/s" + i))
            .toArray(Subscribers[]::new);
    ClientStateTable table = new ClientStateTable();
    Map<Subscribers, KnownResource> model = new HashMap<>();
    for (int step = 0; step < 10_000; step++) {
      Subscribers entry = entries[random.nextInt(entries.length)];
      if (random.nextInt(5) < (step < 5000 ? 3 : 1)) {
        KnownResource version = new KnownResource.Version("v" + step);
        table.know(table.add(entry), version);
        model.put(entry, version);
      } else if (table.find(entry) >= 0) {
        table.remove(table.find(entry));
        model.remove(entry);
      }
      assertThat(table.size()).isEqualTo(model.size());
    }
    for (Subscribers entry : entries) {
      int slot = table.find(entry);
      assertThat(slot < 0 ? null : table.known(slot)).isEqualTo(model.get(entry));
    }
    assertThat(model).isNotEmpty();
  }

  @Test
  void givesRoomBack() {
    ClientStateTable table = new ClientStateTable();
    Subscribers[] entries =
        IntStream.range(0, 10_000)
            .mapToObj(i -> new Subscribers("n" + i))
            .toArray(Subscribers[]::new);
    for (Subscribers entry : entries) {
      table.add(entry);
    }
    for (Subscribers entry : entries) {
      table.remove(table.find(entry));
    }
    assertThat(table.slots()).isEqualTo(8);
  }
}
