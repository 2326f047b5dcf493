package io.github.topologyxds.grpc.connection;

import static io.github.topologyxds.session.SmallWorld.cluster;
import static io.github.topologyxds.session.SmallWorld.service;
import static io.github.topologyxds.session.SmallWorld.slice;
import static io.github.topologyxds.session.SmallWorld.sliceOfPort;
import static org.assertj.core.api.Assertions.assertThat;

import io.envoyproxy.envoy.config.core.v3.Locality;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.github.topologyxds.model.AddressType;
import io.github.topologyxds.model.EndpointModel;
import io.github.topologyxds.model.Hints;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.Protocol;
import io.github.topologyxds.model.Readiness;
import io.github.topologyxds.model.ServiceModel;
import io.github.topologyxds.model.ServicePort;
import io.github.topologyxds.model.ServiceTopology;
import io.github.topologyxds.model.ServiceType;
import io.github.topologyxds.model.SliceModel;
import io.github.topologyxds.model.SlicePort;
import io.github.topologyxds.model.TrafficDistribution;
import io.github.topologyxds.state.ModelObject;
import io.github.topologyxds.xds.resource.ResourceType;
import io.github.topologyxds.xds.resource.XdsProtocol;
import io.grpc.Metadata;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Endpoints under the names of hosts, and as Contour's Envoys name them, for an Envoy that tells
 * nothing but its zone.
 */
class HostNamedEndpointsTest {
  private static final ObjectName DB = new ObjectName("shop", "db");

  private static final Node STRANGER =
      Node.newBuilder()
          .setId("gateway")
          .setLocality(Locality.newBuilder().setZone("zone-b"))
          .build();

  private static RawStream endpoints(ServerUnderTest server, XdsProtocol variant) {
    return ServerUnderTest.endpoints(server.channel(), variant, STRANGER, new Metadata());
  }

  @ParameterizedTest
  @EnumSource
  void everySpellingHasThePortsEndpointsAndSeesEachChange(XdsProtocol variant) throws Exception {
    try (ServerUnderTest server =
        ServerUnderTest.with(
            service("cart"),
            slice("cart", "zone-a", "10.0.0.1"),
            slice("cart", "zone-b", "10.0.0.2"))) {
      for (String name :
          List.of(
              "//cart.shop:80",
              "//cart.shop",
              "//cart.shop.svc:80",
              "//cart.shop.svc.cluster.local:80",
              "//cart.shop.svc.cluster.local",
              "shop/cart/http")) {
        try (RawStream stream = endpoints(server, variant)) {
          stream.subscribe(ResourceType.ENDPOINT, name);
          assertThat(stream.accept(ResourceType.ENDPOINT).tiers(name))
              .as(name)
              .containsExactly(List.of("10.0.0.2"), List.of("10.0.0.1"));
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "STATE_OF_THE_WORLD, //cart.shop:80",
    "DELTA, //cart.shop:80",
    "STATE_OF_THE_WORLD, shop/cart/http",
    "DELTA, shop/cart/http",
  })
  void eachChangeOfThePortIsTold(XdsProtocol variant, String name) throws Exception {
    try (ServerUnderTest server =
            ServerUnderTest.with(
                service("cart"),
                slice("cart", "zone-a", "10.0.0.1"),
                slice("cart", "zone-b", "10.0.0.2"));
        RawStream stream = endpoints(server, variant)) {
      stream.subscribe(ResourceType.ENDPOINT, name);
      stream.accept(ResourceType.ENDPOINT);
      server.put(slice("cart", "zone-b", "10.0.0.3"));
      assertThat(stream.accept(ResourceType.ENDPOINT).tiers(name))
          .containsExactly(List.of("10.0.0.3"), List.of("10.0.0.1"));
      server.delete(service("cart"));
      assertThat(stream.accept(ResourceType.ENDPOINT).tiers(name)).isEmpty();
      server.put(service("cart"));
      assertThat(stream.accept(ResourceType.ENDPOINT).tiers(name))
          .containsExactly(List.of("10.0.0.3"), List.of("10.0.0.1"));
    }
  }

  /** Contour leaves out what a port without a name has not; whether it is the only one or not. */
  @ParameterizedTest
  @EnumSource
  void aPortWithoutANameIsItsService(XdsProtocol variant) throws Exception {
    ModelObject unnamed = service("cart", new ServicePort("", 8080, Protocol.TCP, ""));
    ModelObject slice = sliceOfPort("", "cart", "zone-b", "10.0.0.1");
    try (ServerUnderTest server = ServerUnderTest.with(unnamed, slice);
        RawStream stream = endpoints(server, variant)) {
      stream.subscribe(ResourceType.ENDPOINT, "shop/cart");
      assertThat(stream.accept(ResourceType.ENDPOINT).tiers("shop/cart"))
          .containsExactly(List.of("10.0.0.1"));
      server.delete(unnamed);
      assertThat(stream.accept(ResourceType.ENDPOINT).tiers("shop/cart")).isEmpty();
    }
  }

  /** What an answer depends on is the client's place: a bare name would be another's Service. */
  @ParameterizedTest
  @EnumSource
  void whatLeadsNowhereIsEmpty(XdsProtocol variant) throws Exception {
    try (ServerUnderTest server =
        ServerUnderTest.with(service("cart"), slice("cart", "zone-a", "10.0.0.1"))) {
      for (String name :
          List.of(
              "//cart",
              "//cart.shop:81",
              "//pay.shop:80",
              "//",
              "//:80",
              "//Cart.shop:80",
              "//cart.shop.:80",
              "//shop/cart:http",
              "shop/cart",
              "shop/cart/80",
              "shop/cart/grpc",
              "extension/shop/cart")) {
        try (RawStream stream =
            ServerUnderTest.endpoints(
                server.channel(),
                variant,
                ServerUnderTest.client("NAMESPACE", "shop"),
                new Metadata())) {
          stream.subscribe(ResourceType.ENDPOINT, name);
          assertThat(stream.accept(ResourceType.ENDPOINT).tiers(name)).as(name).isEmpty();
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aPodOfAHeadlessServiceComesAndGoes(XdsProtocol variant) throws Exception {
    try (ServerUnderTest server =
            ServerUnderTest.with(headless(), pods(pod("db-0", "zone-a", "10.0.0.1")));
        RawStream stream = endpoints(server, variant)) {
      String first = "//db-0.db.shop:5432";
      stream.subscribe(ResourceType.ENDPOINT, first);
      assertThat(stream.accept(ResourceType.ENDPOINT).tiers(first))
          .containsExactly(List.of("10.0.0.1"));
      server.put(
          pods(pod("db-0", "zone-a", "10.0.0.1"), pod("db-1", "zone-b", "10.0.0.2")),
          service("cart"));
      server.put(pods(pod("db-1", "zone-b", "10.0.0.2")));
      assertThat(stream.accept(ResourceType.ENDPOINT).tiers(first)).isEmpty();
      server.put(pods(pod("db-0", "zone-b", "10.0.0.3"), pod("db-1", "zone-b", "10.0.0.2")));
      assertThat(stream.accept(ResourceType.ENDPOINT).tiers(first))
          .containsExactly(List.of("10.0.0.3"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void ownNamesAndHostsMayStandSideBySide(XdsProtocol variant) throws Exception {
    try (ServerUnderTest server =
            ServerUnderTest.with(service("cart"), slice("cart", "zone-a", "10.0.0.1"));
        RawStream stream = endpoints(server, variant)) {
      stream.subscribe(ResourceType.ENDPOINT, cluster("cart"), "//cart.shop:80");
      Answer answer = stream.accept(ResourceType.ENDPOINT);
      assertThat(answer.tiers(cluster("cart"))).isEqualTo(answer.tiers("//cart.shop:80"));
      server.put(slice("cart", "zone-a", "10.0.0.2"));
      answer = stream.accept(ResourceType.ENDPOINT);
      assertThat(answer.names()).containsExactlyInAnyOrder(cluster("cart"), "//cart.shop:80");
    }
  }

  private static ModelObject headless() {
    return new ModelObject.OfService(
        new ServiceModel(
            DB,
            ServiceType.HEADLESS,
            List.of(),
            List.of(),
            List.of(new ServicePort("pg", 5432, Protocol.TCP, "")),
            new ServiceTopology(TrafficDistribution.PREFER_SAME_ZONE, false, false, "", ""),
            false,
            ServiceModel.AGE_UNKNOWN));
  }

  private static ModelObject pods(EndpointModel... pods) {
    return new ModelObject.OfSlice(
        new SliceModel(
            new ObjectName("shop", "db-1"),
            DB,
            AddressType.IPV4,
            false,
            List.of(new SlicePort("pg", 5432, Protocol.TCP)),
            Stream.of(pods).toList()));
  }

  private static EndpointModel pod(String hostname, String zone, String address) {
    return new EndpointModel(address, "", zone, hostname, "", Hints.NONE, Readiness.READY);
  }
}
