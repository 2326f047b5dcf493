package io.github.topologyxds.xds;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.model.AddressType;
import io.github.topologyxds.model.ClientView;
import io.github.topologyxds.model.ClusterTopology;
import io.github.topologyxds.model.EndpointModel;
import io.github.topologyxds.model.Family;
import io.github.topologyxds.model.Hints;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.Protocol;
import io.github.topologyxds.model.Readiness;
import io.github.topologyxds.model.ServiceModel;
import io.github.topologyxds.model.ServicePort;
import io.github.topologyxds.model.ServiceState;
import io.github.topologyxds.model.ServiceTopology;
import io.github.topologyxds.model.ServiceType;
import io.github.topologyxds.model.SliceModel;
import io.github.topologyxds.model.SlicePort;
import io.github.topologyxds.topology.settings.RoutingOptions;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Of a change the endpoints are put together once, however many ports and clients share them. */
class CollectedOnceTest {
  private static final ObjectName CART = new ObjectName("shop", "cart");
  private static final int PORTS = 3;
  private static final int ENDPOINTS = 10;

  /** For an endpoint without a zone the collector asks for that of its Node, once. */
  private final AtomicInteger asked = new AtomicInteger();

  @Test
  void endpointsAreCollectedOnceForAllPortsViewsAndFindings() {
    ServiceTranslation service = new Translator(RoutingOptions.DEFAULT).translate(state());
    assertThat(asked).hasValue(ENDPOINTS);
    for (PortTranslation port : service.ports()) {
      for (String node : List.of("", "node-1", "node-2")) {
        for (Family family : new Family[] {null, Family.IPV4, Family.IPV6}) {
          ClientView view = new ClientView(node, "zone-a", family);
          port.assign(port.reduce(view));
        }
      }
    }
    assertThat(asked).hasValue(ENDPOINTS);
  }

  private ServiceState state() {
    TreeMap<String, String> zones =
        new TreeMap<>() {
          @Override
          public String getOrDefault(Object node, String otherwise) {
            asked.incrementAndGet();
            return super.getOrDefault(node, otherwise);
          }
        };
    zones.put("node-1", "zone-a");
    List<EndpointModel> endpoints =
        IntStream.rangeClosed(1, ENDPOINTS)
            .mapToObj(i ->
                new EndpointModel(
                    "10.0.0." + i, "node-" + i, "", "", "", Hints.NONE, Readiness.READY))
            .toList();
    List<SlicePort> targets =
        IntStream.range(0, PORTS)
            .mapToObj(i -> new SlicePort("p" + i, 8080 + i, Protocol.TCP))
            .toList();
    SliceModel slice =
        new SliceModel(
            new ObjectName("shop", "cart-1"), CART, AddressType.IPV4, false, targets, endpoints);
    List<ServicePort> ports =
        IntStream.range(0, PORTS)
            .mapToObj(i -> new ServicePort("p" + i, 80 + i, Protocol.TCP, ""))
            .toList();
    ServiceModel service =
        new ServiceModel(
            CART,
            ServiceType.CLUSTER_IP,
            List.of("10.96.0.1"),
            List.of(Family.IPV4),
            ports,
            ServiceTopology.DEFAULT,
            false,
            ServiceModel.AGE_UNKNOWN);
    return new ServiceState(
        service, null, List.of(slice), Set.of(), new ClusterTopology(zones, new TreeMap<>()));
  }
}
