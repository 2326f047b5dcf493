package io.github.topologyxds.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoWorldTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void isTheClusterThatItDescribes() throws IOException {
    DemoWorld world = DemoWorld.write(folder, DemoPreference.AS_WRITTEN, 20000);

    assertThat(all(Node.class))
        .extracting(node -> node.getMetadata().getLabels().get("topology.kubernetes.io/zone"))
        .containsExactly("zone-a", "zone-b", "zone-c");
    Service service = all(Service.class).getFirst();
    assertThat(service.getSpec().getTrafficDistribution()).isEqualTo("PreferSameZone");
    assertThat(service.getMetadata().getAnnotations()).isNullOrEmpty();
    assertThat(slice().getPorts().getFirst().getPort()).isEqualTo(20000);
    assertThat(slice().getEndpoints()).hasSize(9).allMatch(DemoWorldTest::servesItsOwnZone);
    assertThat(world.addressesOutside("")).hasSize(9).contains("127.1.3.3:20000");
  }

  @Test
  void aDrainedZoneIsUnreadyAndWithoutHints() throws IOException {
    DemoWorld world = DemoWorld.write(folder, DemoPreference.AS_WRITTEN, 20000);

    world.drain("zone-a");

    for (Endpoint endpoint : slice().getEndpoints()) {
      boolean drained = "zone-a".equals(endpoint.getZone());
      assertThat(endpoint.getConditions().getReady()).isEqualTo(!drained);
      assertThat(endpoint.getConditions().getServing()).isEqualTo(!drained);
      assertThat(endpoint.getHints() == null).isEqualTo(drained);
    }
    assertThat(world.addressesOutside("zone-a")).hasSize(6).doesNotContain("127.1.1.1:20000");
    world.restore();
    assertThat(slice().getEndpoints()).allMatch(DemoWorldTest::servesItsOwnZone);
  }

  @Test
  void noPreferenceIsAnAnnotation() throws IOException {
    DemoWorld.write(folder, DemoPreference.NONE, 20000);

    assertThat(all(Service.class).getFirst().getMetadata().getAnnotations())
        .containsEntry("topology-xds.io/preference", "none");
  }

  @Test
  void leavesNothingHalfWritten() throws IOException {
    DemoWorld.write(folder, DemoPreference.AS_WRITTEN, 20000).drain("zone-b");

    try (var files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("nodes.yaml", "web.yaml", "web-slice.yaml");
    }
  }

  private static boolean servesItsOwnZone(Endpoint endpoint) {
    return endpoint.getConditions().getReady()
        && endpoint.getHints().getForZones().size() == 1
        && endpoint.getHints().getForZones().getFirst().getName().equals(endpoint.getZone());
  }

  private EndpointSlice slice() throws IOException {
    return all(EndpointSlice.class).getFirst();
  }

  private <T extends HasMetadata> List<T> all(Class<T> kind) throws IOException {
    List<T> found = new ArrayList<>();
    for (String name : List.of("nodes.yaml", "web.yaml", "web-slice.yaml")) {
      for (String document : Files.readString(folder.resolve(name)).split("---\n", -1)) {
        Object object = new KubernetesSerialization().unmarshal(document);
        if (kind.isInstance(object)) {
          found.add(kind.cast(object));
        }
      }
    }
    return found;
  }
}
