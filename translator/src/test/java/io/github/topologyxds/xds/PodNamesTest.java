package io.github.topologyxds.xds;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.cluster.v3.Cluster.LbSubsetConfig.LbSubsetSelector.LbSubsetSelectorFallbackPolicy;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
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
import io.github.topologyxds.xds.resource.EnvoyValidity;
import io.github.topologyxds.xds.resource.XdsResource;
import io.github.topologyxds.xds.routes.RouteTable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The Pods of headless Services under their own names. */
class PodNamesTest {
  private static final ObjectName DB = new ObjectName("shop", "db");
  private static final Readiness READY = Readiness.READY;
  private static final Readiness UNREADY = new Readiness(false, false, false);
  private static final Readiness TERMINATING = new Readiness(false, true, true);

  /** With publishNotReadyAddresses, Kubernetes writes ready: true whatever the Pod says. */
  private static final Readiness PUBLISHED = new Readiness(true, false, true);

  @Test
  void onlyReadyEndpointsOfHeadlessServicesCanBeCalledByName() {
    List<EndpointModel> endpoints =
        List.of(
            endpoint(0, "db-0", READY),
            endpoint(1, "db-1", UNREADY),
            endpoint(2, "db-2", TERMINATING),
            endpoint(3, "db-3", PUBLISHED),
            endpoint(4, "", READY));
    ServiceTranslation headless = translate(DB, ServiceType.HEADLESS, endpoints);
    assertThat(keys(headless))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "10.0.0.0", "db-0",
                "10.0.0.1", "",
                "10.0.0.2", "",
                "10.0.0.3", "db-3",
                "10.0.0.4", ""));
    assertThat(headless.podNames().hostnames()).containsExactlyInAnyOrder("db-0", "db-3");

    ServiceTranslation other = translate(DB, ServiceType.CLUSTER_IP, endpoints);
    assertThat(keys(other).values()).containsOnly("");
    assertThat(other.podNames().hostnames()).isEmpty();
  }

  @Test
  void whenNoneIsReadyNoneCanBeCalledByName() {
    ServiceTranslation service =
        translate(DB, ServiceType.HEADLESS, List.of(endpoint(0, "db-0", TERMINATING)));
    assertThat(keys(service)).containsExactly(Map.entry("10.0.0.0", ""));
  }

  @Test
  void nobodyElseAnswersForAPod() throws Exception {
    Cluster headless = cluster(translate(DB, ServiceType.HEADLESS, List.of()));
    assertThat(headless.getLbSubsetConfig().getSubsetSelectorsList())
        .singleElement()
        .satisfies(selector -> {
          assertThat(selector.getFallbackPolicy())
              .isEqualTo(LbSubsetSelectorFallbackPolicy.NO_FALLBACK);
          assertThat(selector.getSingleHostPerSubset()).isTrue();
        });
    assertThat(cluster(translate(DB, ServiceType.CLUSTER_IP, List.of())).hasLbSubsetConfig())
        .isFalse();
  }

  @Test
  void fiveThousandPodsAreOneVirtualHostAndOneCluster() throws Exception {
    ServiceTranslation none = translate(DB, ServiceType.HEADLESS, List.of());
    List<EndpointModel> pods =
        IntStream.range(0, 5000).mapToObj(i -> endpoint(i, "db-" + i, READY)).toList();
    ServiceTranslation many = translate(DB, ServiceType.HEADLESS, pods);

    assertThat(keys(many)).hasSize(5000);
    assertThat(many.ports()).hasSize(1);
    assertThat(table(many).forNamespace("shop")).isEqualTo(table(none).forNamespace("shop"));
    assertThat(hosts(table(many), "other"))
        .containsOnlyKeys("shop/db:pg", "pods/shop/db:pg")
        .containsEntry(
            "pods/shop/db:pg",
            List.of(
                "*.db.shop:5432",
                "*.db.shop",
                "*.db.shop.svc:5432",
                "*.db.shop.svc",
                "*.db.shop.svc.cluster.local:5432",
                "*.db.shop.svc.cluster.local"));
    assertThat(hosts(table(many), "shop").get("pods/shop/db:pg")).contains("*.db:5432", "*.db");
  }

  @Test
  void twoLabelsAreFirstAPodOfTheClientsNamespace() throws Exception {
    RouteTable withPod = table(db("db-0"), named("db", "db-0"), named("db", "db-1"));
    assertThat(hosts(withPod, "shop").get("db/db-0:pg"))
        .containsExactly(
            "db-0.db.svc:5432",
            "db-0.db.svc",
            "db-0.db.svc.cluster.local:5432",
            "db-0.db.svc.cluster.local");
    assertThat(hosts(withPod, "shop").get("db/db-1:pg")).contains("db-1.db");
    for (String namespace : List.of("other", "db", "")) {
      assertThat(hosts(withPod, namespace).get("db/db-0:pg")).contains("db-0.db:5432", "db-0.db");
    }
    RouteTable withoutPod = table(db("db-7"), named("db", "db-0"));
    assertThat(hosts(withoutPod, "shop").get("db/db-0:pg")).contains("db-0.db:5432", "db-0.db");
  }

  /** Who does not call the headless Service has no route to its Pods. */
  @Test
  void twoLabelsAreTheServiceForWhoDoesNotCallThePods() throws Exception {
    ObjectName service = new ObjectName("db", "db-0");
    RouteTable table = table(db("db-0"), named("db", "db-0"));
    assertThat(hosts(table.forNamespace("shop", service::equals)))
        .containsOnlyKeys("db/db-0:pg")
        .hasEntrySatisfying("db/db-0:pg", domains -> assertThat(domains).contains("db-0.db"));
  }

  private static ServiceTranslation db(String hostname) {
    return translate(DB, ServiceType.HEADLESS, List.of(endpoint(0, hostname, READY)));
  }

  private static ServiceTranslation named(String namespace, String name) {
    return translate(new ObjectName(namespace, name), ServiceType.CLUSTER_IP, List.of());
  }

  private static RouteTable table(ServiceTranslation... services) {
    return new RouteTable(List.of(services), "cluster.local");
  }

  private static Map<String, List<String>> hosts(RouteTable table, String namespace)
      throws Exception {
    XdsResource routes = table.forNamespace(namespace);
    // Whether as bytes or as a message: outranked names, too, are those that are pushed.
    assertThat(table.message(namespace))
        .isEqualTo(routes.packed().unpack(RouteConfiguration.class));
    return hosts(routes);
  }

  private static Map<String, List<String>> hosts(XdsResource routes) throws Exception {
    RouteConfiguration configuration = routes.packed().unpack(RouteConfiguration.class);
    assertThat(EnvoyValidity.violation(configuration)).isEmpty();
    Map<String, List<String>> hosts = new TreeMap<>();
    for (VirtualHost host : configuration.getVirtualHostsList()) {
      hosts.put(host.getName(), List.copyOf(host.getDomainsList()));
    }
    return hosts;
  }

  private static Cluster cluster(ServiceTranslation service) throws Exception {
    return service.ports().getFirst().cluster().packed().unpack(Cluster.class);
  }

  /** By address, the name that an endpoint can be called by; "" for none. */
  private static Map<String, String> keys(ServiceTranslation service) {
    Map<String, String> keys = new TreeMap<>();
    ClientView view = new ClientView("", "", Family.IPV4);
    service.ports().getFirst().assign(view).message().getEndpointsList().stream()
        .flatMap(locality -> locality.getLbEndpointsList().stream())
        .forEach(host ->
            keys.put(host.getEndpoint().getAddress().getSocketAddress().getAddress(), key(host)));
    return keys;
  }

  private static String key(LbEndpoint host) {
    return host.getMetadata()
        .getFilterMetadataOrDefault("envoy.lb", Struct.getDefaultInstance())
        .getFieldsOrDefault("hostname", Value.getDefaultInstance())
        .getStringValue();
  }

  private static EndpointModel endpoint(int number, String hostname, Readiness readiness) {
    String address = "10.0." + number / 256 + "." + number % 256;
    return new EndpointModel(address, "", "", hostname, "uid-" + number, Hints.NONE, readiness);
  }

  private static ServiceTranslation translate(
      ObjectName name, ServiceType type, List<EndpointModel> endpoints) {
    ServicePort port = new ServicePort("pg", 5432, Protocol.TCP, "");
    List<SlicePort> slicePorts = List.of(new SlicePort("pg", 5432, Protocol.TCP));
    SliceModel slice = new SliceModel(name, name, AddressType.IPV4, false, slicePorts, endpoints);
    ServiceModel service =
        new ServiceModel(
            name,
            type,
            List.of(),
            List.of(Family.IPV4),
            List.of(port),
            ServiceTopology.DEFAULT,
            false,
            ServiceModel.AGE_UNKNOWN);
    Set<String> seen = Set.copyOf(seen(endpoints));
    return new Translator(RoutingOptions.DEFAULT)
        .translate(new ServiceState(service, null, List.of(slice), seen, ClusterTopology.EMPTY));
  }

  private static List<String> seen(List<EndpointModel> endpoints) {
    return endpoints.stream().map(EndpointModel::readinessKey).distinct().toList();
  }
}
