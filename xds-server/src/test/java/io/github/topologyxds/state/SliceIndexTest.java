package io.github.topologyxds.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.model.AddressType;
import io.github.topologyxds.model.EndpointModel;
import io.github.topologyxds.model.Hints;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.Readiness;
import io.github.topologyxds.model.SliceModel;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is counted when a slice comes and goes, so that nobody looks at all of them. */
class SliceIndexTest {
  private final SliceIndex slices = new SliceIndex();

  private static SliceModel slice(String name, String... zones) {
    return new SliceModel(
        new ObjectName("shop", name),
        new ObjectName("shop", "web"),
        AddressType.IPV4,
        false,
        List.of(),
        Arrays.stream(zones)
            .map(zone ->
                new EndpointModel("10.0.0.1", "", zone, "", "", Hints.NONE, Readiness.READY))
            .toList());
  }

  private void put(SliceModel slice) {
    assertThat(slices.put(slice)).contains(slice.service());
  }

  @Test
  void zonesAreThoseOfTheEndpointsThatThereAre() {
    put(slice("one", "a", "a", "b"));
    put(slice("two", "b", "c"));
    assertThat(slices.zones()).containsExactlyInAnyOrder("a", "b", "c");

    put(slice("one", "a", "d"));
    assertThat(slices.zones()).as("b is in the other one").contains("a", "b", "c", "d");
    put(slice("two", "c"));
    assertThat(slices.zones()).containsExactlyInAnyOrder("a", "c", "d");

    assertThat(slices.delete(new ObjectName("shop", "one"))).isNotEmpty();
    assertThat(slices.delete(new ObjectName("shop", "one"))).isEmpty();
    assertThat(slices.zones()).containsExactly("c");
    assertThat(slices.delete(new ObjectName("shop", "two"))).isNotEmpty();
    assertThat(slices.zones()).isEmpty();
  }
}
