package io.github.topologyxds.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.Protocol;
import io.github.topologyxds.model.ServiceModel;
import io.github.topologyxds.model.ServicePort;
import io.github.topologyxds.model.ServiceTopology;
import io.github.topologyxds.model.ServiceType;
import io.github.topologyxds.model.TrafficDistribution;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PacedServicesTest {
  private static final long MILLI = 1_000_000;
  private static final ServicePort HTTP = new ServicePort("http", 80, Protocol.TCP, "");
  private static final ServicePort ADMIN = new ServicePort("admin", 81, Protocol.TCP, "");

  private final PacedServices paced = new PacedServices();
  private long now = -5 * MILLI;

  @Test
  void shouldNotHoldBackABurst() {
    for (int i = 0; i < PacedServices.BURST; i++) {
      assertThat(add("noisy", "s" + i)).isTrue();
    }
    assertThat(paced.untilDue(now)).isEmpty();
    assertThat(add("noisy", "one-more")).isFalse();
    assertThat(paced.untilDue(now)).hasValue(PacedServices.TICK_NANOS);
  }

  @Test
  void shouldHoldNobodyElseBack() {
    exhaust("noisy");

    assertThat(add("noisy", "x")).isFalse();
    assertThat(add("quiet", "y")).isTrue();
  }

  @Test
  void shouldLetThroughTogetherOnceASecond() {
    exhaust("noisy");
    exhaust("loud");
    int batches = 0;
    Set<ObjectName> out = new TreeSet<>();
    // Twenty seconds of twenty Services a second, in each of two Namespaces.
    for (int i = 0; i < 400; i++) {
      now += 50 * MILLI;
      Set<ObjectName> due = paced.begin(now);
      int before = out.size();
      for (ObjectName name : due) {
        assertThat(paced.take(service(name, HTTP))).isNotNull();
        out.add(name);
      }
      for (String namespace : List.of("noisy", "loud")) {
        ObjectName name = new ObjectName(namespace, "s" + i);
        if (paced.take(service(name, HTTP)) != null) {
          out.add(name);
        }
      }
      batches += out.size() > before ? 1 : 0;
    }
    assertThat(batches).isBetween(18, 20);
    now += PacedServices.TICK_NANOS;
    out.addAll(paced.begin(now));
    assertThat(out).hasSize(800);
  }

  @Test
  void shouldForgetWhatIsGoneBeforeItsTime() {
    exhaust("noisy");
    add("noisy", "toggled");
    paced.gone(new ObjectName("noisy", "toggled"));

    assertThat(paced.untilDue(now)).isEmpty();
    now += 2 * PacedServices.TICK_NANOS;
    assertThat(paced.begin(now)).isEmpty();
  }

  @Test
  void shouldMakeATogglingServiceRare() {
    int additions = 0;
    // Thirty seconds, created and deleted ten times a second.
    for (int i = 0; i < 300; i++) {
      now += 50 * MILLI;
      additions += add("noisy", "toggled") ? 1 : 0;
      now += 50 * MILLI;
      paced.begin(now);
      paced.gone(new ObjectName("noisy", "toggled"));
    }
    assertThat(additions).isBetween(PacedServices.BURST, PacedServices.BURST + 30);
  }

  @Test
  void shouldLetRemovalsAndEverythingElseThrough() {
    ObjectName name = new ObjectName("noisy", "old");
    paced.begin(now);
    paced.allAtOnce();
    paced.take(service(name, HTTP, ADMIN));
    exhaust("noisy");
    paced.begin(now);

    ServiceModel fewer = service(name, HTTP);
    assertThat(paced.take(fewer)).isSameAs(fewer);
    ServiceModel nearer =
        new ServiceModel(
            name,
            ServiceType.CLUSTER_IP,
            List.of(),
            List.of(),
            List.of(HTTP),
            new ServiceTopology(TrafficDistribution.PREFER_SAME_ZONE, false, false, "", ""),
            false,
            ServiceModel.AGE_UNKNOWN);
    assertThat(paced.take(nearer)).isSameAs(nearer);
  }

  /** The old port stays until the new one is made: no request finds neither (decision 0011). */
  @Test
  void shouldKeepARenamedPortUntilTheNewOneIsMade() {
    ObjectName name = new ObjectName("noisy", "old");
    paced.begin(now);
    paced.allAtOnce();
    ServiceModel before = service(name, HTTP);
    paced.take(before);
    exhaust("noisy");

    ServiceModel renamed = service(name, new ServicePort("web", 80, Protocol.TCP, ""));
    paced.begin(now);
    assertThat(paced.take(renamed)).isSameAs(before);
    now += PacedServices.TICK_NANOS;
    assertThat(paced.begin(now)).containsExactly(name);
    assertThat(paced.take(renamed)).isSameAs(renamed);
  }

  @Test
  void shouldHoldBackAnAddressAndANameThatIsNew() {
    ObjectName name = new ObjectName("noisy", "old");
    paced.begin(now);
    paced.allAtOnce();
    paced.take(service(name, HTTP));
    exhaust("noisy");
    ServiceModel addressed =
        new ServiceModel(
            name,
            ServiceType.CLUSTER_IP,
            List.of("10.96.0.7"),
            List.of(),
            List.of(HTTP),
            ServiceTopology.DEFAULT,
            false,
            ServiceModel.AGE_UNKNOWN);

    paced.begin(now);
    assertThat(paced.take(addressed)).isEqualTo(service(name, HTTP));
  }

  @Test
  void shouldTakeTheFirstStateAtOnce() {
    paced.begin(now);
    paced.allAtOnce();
    for (int i = 0; i < 1_000; i++) {
      assertThat(paced.take(service(new ObjectName("shop", "s" + i), HTTP))).isNotNull();
    }
    // It has taken nothing from the burst.
    assertThat(add("shop", "later")).isTrue();
  }

  private void exhaust(String namespace) {
    for (int i = 0; i < PacedServices.BURST; i++) {
      add(namespace, "burst-" + i);
    }
  }

  /** In a batch of its own; returns whether it is in force. */
  private boolean add(String namespace, String name) {
    List<ObjectName> due = new ArrayList<>(paced.begin(now));
    due.forEach(one -> paced.take(service(one, HTTP)));
    return paced.take(service(new ObjectName(namespace, name), HTTP)) != null;
  }

  private static ServiceModel service(ObjectName name, ServicePort... ports) {
    return new ServiceModel(
        name,
        ServiceType.CLUSTER_IP,
        List.of(),
        List.of(),
        List.of(ports),
        ServiceTopology.DEFAULT,
        false,
        ServiceModel.AGE_UNKNOWN);
  }
}
