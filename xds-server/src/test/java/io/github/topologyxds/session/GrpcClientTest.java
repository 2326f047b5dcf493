package io.github.topologyxds.session;

import static io.github.topologyxds.session.SmallWorld.cluster;
import static io.github.topologyxds.session.SmallWorld.node;
import static io.github.topologyxds.session.SmallWorld.service;
import static io.github.topologyxds.session.SmallWorld.slice;
import static io.github.topologyxds.session.SmallWorld.sliceOfPort;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.Collections2;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.Protocol;
import io.github.topologyxds.model.ServicePort;
import io.github.topologyxds.resources.ResourceStore;
import io.github.topologyxds.session.order.FormerClusters;
import io.github.topologyxds.session.status.SyncState;
import io.github.topologyxds.session.status.TypeStatus;
import io.github.topologyxds.state.ClusterStateStore;
import io.github.topologyxds.state.ModelObject;
import io.github.topologyxds.state.ObjectChange;
import io.github.topologyxds.state.StateChange;
import io.github.topologyxds.subscription.HeldResource;
import io.github.topologyxds.subscription.Push;
import io.github.topologyxds.subscription.PushLimits;
import io.github.topologyxds.subscription.SotwSubscriptionRequest;
import io.github.topologyxds.topology.settings.RoutingOptions;
import io.github.topologyxds.xds.ServiceTranslation;
import io.github.topologyxds.xds.Translator;
import io.github.topologyxds.xds.resource.ResourceType;
import io.github.topologyxds.xds.resource.XdsProtocol;
import io.github.topologyxds.xds.resource.XdsResource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A gRPC library that talks to the server itself, response by response. */
class GrpcClientTest {
  private static final String TARGET = "cart.shop:80";

  private final ResourceStore store = new ResourceStore("cluster.local");
  private final ClusterStateStore state = new ClusterStateStore();
  private final Translator translator = new Translator(RoutingOptions.DEFAULT);
  private final SessionGroup group =
      new SessionGroup(
          store, new DeliveryMetrics(), new FakeClock(), new PushLimits(Duration.ZERO, 1 << 20));

  @BeforeEach
  void twoZones() {
    put(
        node("node-a", "zone-a"),
        service("cart"),
        slice("cart", "zone-a", "10.0.0.1"),
        slice("cart", "zone-b", "10.0.0.2"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cart",
        "cart:80",
        "cart.shop",
        "cart.shop:80",
        "cart.shop.svc",
        "cart.shop.svc:80",
        "cart.shop.svc.cluster.local",
        "cart.shop.svc.cluster.local:80",
        "cart.shop.svc.cluster.local.",
        "cart.shop.svc.cluster.local.:80",
        "Cart.Shop:80",
        "shop/cart",
        "shop/cart:80",
        "shop/cart:http"
      })
  void understandsEverySpelling(String name) {
    FakeClient client =
        client(XdsProtocol.STATE_OF_THE_WORLD).ask(ResourceType.LISTENER, List.of(name));

    assertThat(client.lastNames()).containsExactly(name);
    assertThat(leadsTo(client.last().resources().getFirst())).isEqualTo(cluster("cart"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ":80", ".", "cart:81", "cart.other", "carts.shop", "shop/cart:grpc", "*", "/"})
  void leavesOutWhatIsNoService(String name) {
    FakeClient client =
        client(XdsProtocol.STATE_OF_THE_WORLD).ask(ResourceType.LISTENER, List.of(TARGET, name));

    assertThat(client.lastNames()).containsExactly(TARGET);
  }

  /** A library may ask for its types in any order: here in each of them, routes by name too. */
  @ParameterizedTest
  @MethodSource("orders")
  void getsTheSameInWhateverOrderItAsks(XdsProtocol protocol, List<ResourceType> order) {
    FakeClient client = client(protocol);
    for (ResourceType type : order) {
      client.ask(type, List.of(nameOf(type)));
      client.acceptAll();
    }

    for (ResourceType type : order) {
      assertThat(resource(client, type)).isEqualTo(nameOf(type));
    }
    assertThat(routes(last(client, ResourceType.ROUTE).resources().getFirst()))
        .isEqualTo(routesOf(last(client, ResourceType.LISTENER).resources().getFirst()));
    for (Push push : pushes(client, ResourceType.ENDPOINT)) {
      assertThat(addresses(push)).containsExactly("10.0.0.1", "10.0.0.2");
    }
  }

  /** One that comes back says what it has, and has missed a change of the endpoints. */
  @ParameterizedTest
  @MethodSource("orders")
  void comesBackInWhateverOrder(XdsProtocol protocol, List<ResourceType> order) {
    FakeClient before = client(protocol);
    order.forEach(type -> before.ask(type, List.of(nameOf(type))).acceptAll());
    Map<ResourceType, String> had = new EnumMap<>(ResourceType.class);
    order.forEach(type -> had.put(type, last(before, type).resources().getFirst().version()));
    before.session().close(Departure.CANCELLED);
    put(slice("cart", "zone-a", "10.0.0.3"));

    FakeClient client = client(protocol);
    for (ResourceType type : order) {
      comeBack(client, protocol, type, had.getOrDefault(type, ""));
      client.acceptAll();
    }

    assertThat(addresses(last(client, ResourceType.ENDPOINT)))
        .containsExactly("10.0.0.3", "10.0.0.2");
    for (ResourceType type : order) {
      boolean again = pushes(client, type).stream().anyMatch(push -> !push.resources().isEmpty());
      boolean unchanged = type != ResourceType.ENDPOINT && protocol == XdsProtocol.DELTA;
      assertThat(again).as("%s", type).isNotEqualTo(unchanged);
    }
    put(slice("cart", "zone-a", "10.0.0.4"));
    assertThat(addresses(client.last())).containsExactly("10.0.0.4", "10.0.0.2");
  }

  /**
   * What its routes lead to has another name since: it is led there, and loses the old one last.
   */
  @ParameterizedTest
  @MethodSource("orders")
  void comesBackToAnotherCluster(XdsProtocol protocol, List<ResourceType> order) {
    FakeClient client = client(protocol);
    put(
        service("cart", new ServicePort("web", 80, Protocol.TCP, "")),
        sliceOfPort("web", "cart", "zone-a", "10.0.0.1"));
    for (ResourceType type : order) {
      comeBack(client, protocol, type, "some version");
      client.acceptAll();
    }

    String next = cluster("cart").replace(":http", ":web");
    assertThat(leadsTo(last(client, ResourceType.LISTENER).resources().getFirst())).isEqualTo(next);
    client.ask(ResourceType.CLUSTER, List.of(next, cluster("cart"))).acceptAll();
    client.ask(ResourceType.ENDPOINT, List.of(next, cluster("cart"))).acceptAll();
    assertThat(held(client, protocol, ResourceType.LISTENER)).containsExactly(TARGET);
    assertThat(held(client, protocol, ResourceType.CLUSTER)).containsExactly(next);
    assertThat(held(client, protocol, ResourceType.ENDPOINT)).contains(next);
  }

  private static void comeBack(
      FakeClient client, XdsProtocol protocol, ResourceType type, String version) {
    List<String> names = List.of(nameOf(type));
    switch (protocol) {
      case STATE_OF_THE_WORLD -> {
        client.session().want(type, SotwSubscriptionRequest.of(names, version));
        client.session().flush();
      }
      case DELTA -> client.comeBack(type, names, Map.of(nameOf(type), version));
    }
  }

  private static String nameOf(ResourceType type) {
    return switch (type) {
      case LISTENER, ROUTE -> TARGET;
      case CLUSTER, ENDPOINT -> cluster("cart");
    };
  }

  static Stream<Object[]> orders() {
    return Stream.of(XdsProtocol.values())
        .flatMap(protocol ->
            Collections2.permutations(List.of(ResourceType.values())).stream()
                .map(order -> new Object[] {protocol, order}));
  }

  /** An Envoy on the same thread that asks for the same names gets what it always got. */
  @ParameterizedTest
  @EnumSource
  void sharesNothingWithASidecar(XdsProtocol protocol) {
    Node node = Node.newBuilder().setId("e").setUserAgentName("envoy").build();
    FakeClient envoy = new FakeClient(group, protocol, node);
    FakeClient grpc = client(protocol);
    List<String> name = List.of(cluster("cart"));

    for (FakeClient client : List.of(envoy, grpc)) {
      client.ask(ResourceType.CLUSTER, name).accept();
    }
    assertThat(envoy.last().resources()).isNotEqualTo(grpc.last().resources());
    envoy.ask(ResourceType.LISTENER, List.of());
    assertThat(envoy.lastNames()).containsExactly("outbound");
  }

  /** A channel goes on using endpoints that are merely not named any more. */
  @ParameterizedTest
  @EnumSource
  void isToldToDropCallsThatReachNobody(XdsProtocol protocol) {
    FakeClient client = connected(protocol);

    put(slice("cart", "zone-a"), slice("cart", "zone-b"));

    assertThat(client.last().type()).isEqualTo(ResourceType.ENDPOINT);
    assertThat(isDropped(assignment(client.last()))).isTrue();
  }

  /** An application may be up before the Service that it calls. */
  @ParameterizedTest
  @EnumSource
  void hearsOfAServiceThatComesLater(XdsProtocol protocol) {
    FakeClient client = client(protocol).ask(ResourceType.LISTENER, List.of("pay.shop:80"));
    assertThat(client.last().resources()).isEmpty();
    client.accept();

    put(service("pay"), slice("pay", "zone-a", "10.0.1.1"));

    assertThat(client.lastNames()).containsExactly("pay.shop:80");
  }

  /** The same, while the answer that there is none is under way. */
  @ParameterizedTest
  @EnumSource
  void hearsOfAServiceThatComesWhileItIsTold(XdsProtocol protocol) {
    FakeClient client = client(protocol).ask(ResourceType.LISTENER, List.of("pay.shop:80"));

    put(service("pay"), slice("pay", "zone-a", "10.0.1.1"));
    client.accept();

    assertThat(client.lastNames()).containsExactly("pay.shop:80");
  }

  /** The listener goes first, so that nothing leads to the cluster when it goes. */
  @ParameterizedTest
  @EnumSource
  void losesListenerThenClusterOfADeletedService(XdsProtocol protocol) {
    put(service("pay"), slice("pay", "zone-a", "10.0.1.1"));
    FakeClient client = connected(protocol);
    int before = client.pushes().size();

    delete("cart");
    acceptAll(client);

    List<ResourceType> types =
        client.pushes().subList(before, client.pushes().size()).stream().map(Push::type).toList();
    assertThat(types.getFirst()).isEqualTo(ResourceType.LISTENER);
    assertThat(types).contains(ResourceType.CLUSTER);
    assertThat(last(client, ResourceType.LISTENER).resources()).isEmpty();
    assertThat(last(client, ResourceType.CLUSTER).resources()).isEmpty();
  }

  /**
   * Calls that had chosen the cluster from before may still be on their way to it, long after the
   * client has all that its target leads to now: it names that cluster until they are over.
   */
  @ParameterizedTest
  @EnumSource
  void keepsAClusterForAsLongAsItNamesIt(XdsProtocol protocol) {
    FakeClient client = connected(protocol);
    int before = client.pushes().size();
    String old = cluster("cart");

    String next = renamed("web");
    acceptAll(client);
    askForBoth(client, next, old);

    assertThat(held(client, protocol, ResourceType.CLUSTER)).containsExactlyInAnyOrder(old, next);
    assertThat(namesSince(before, client, ResourceType.ENDPOINT)).containsExactly(next);
    for (ResourceType type : List.of(ResourceType.CLUSTER, ResourceType.ENDPOINT)) {
      assertThat(status(client, type).state()).isInstanceOf(SyncState.Synced.class);
      assertThat(client.session().view().held(type).orElseThrow().of(List.of(old)))
          .extracting(HeldResource::progress)
          .containsExactly(HeldResource.Progress.ACCEPTED);
    }

    client.ask(ResourceType.CLUSTER, List.of(next)).ask(ResourceType.ENDPOINT, List.of(next));
    acceptAll(client);
    assertThat(namesSince(before, client, ResourceType.ENDPOINT)).containsExactly(next);
    assertThat(status(client, ResourceType.CLUSTER).names()).isEqualTo(1);
  }

  /** There is nowhere to go over to any more: calls to what was kept fail at once, too. */
  @ParameterizedTest
  @EnumSource
  void losesAKeptClusterWithItsService(XdsProtocol protocol) {
    FakeClient client = connected(protocol);
    String old = cluster("cart");
    String next = renamed("web");
    acceptAll(client);
    askForBoth(client, next, old);

    delete("cart");
    acceptAll(client);

    assertThat(held(client, protocol, ResourceType.CLUSTER)).isEmpty();
    assertThat(last(client, ResourceType.ENDPOINT).resources())
        .allMatch(resource -> isDropped(assignment(resource)))
        .extracting(XdsResource::name)
        .containsExactlyInAnyOrder(old, next);
  }

  /** What was kept is as it was; what has its name now is as it is now. */
  @ParameterizedTest
  @EnumSource
  void hearsOfAKeptClusterThatIsThereAgain(XdsProtocol protocol) {
    FakeClient client = connected(protocol);
    String old = cluster("cart");
    String next = renamed("web");
    acceptAll(client);
    askForBoth(client, next, old);

    put(service("cart"), slice("cart", "zone-a", "10.0.0.7"), slice("cart", "zone-b"));
    acceptAll(client);

    Push endpoints = last(client, ResourceType.ENDPOINT);
    assertThat(endpoints.resources()).extracting(XdsResource::name).containsExactly(old);
    assertThat(addresses(endpoints)).containsExactly("10.0.0.7");
    assertThat(held(client, protocol, ResourceType.CLUSTER)).containsExactlyInAnyOrder(old, next);
  }

  /** A client that never gives up a name must not make the server hold ever more for it. */
  @ParameterizedTest
  @EnumSource
  void keepsOnlySoMany(XdsProtocol protocol) {
    FakeClient client = connected(protocol);
    List<String> names = new ArrayList<>(List.of(cluster("cart")));
    for (int i = 0; i < FormerClusters.MAX_CLUSTERS + 5; i++) {
      names.addFirst(renamed("p" + i));
      acceptAll(client);
      askForBoth(client, names.toArray(String[]::new));
    }

    assertThat(held(client, protocol, ResourceType.CLUSTER))
        .hasSize(FormerClusters.MAX_CLUSTERS + 1)
        .contains(names.getFirst(), cluster("cart"));
  }

  /** Its only port has another name; returns its cluster's. */
  private String renamed(String port) {
    put(
        service("cart", new ServicePort(port, 80, Protocol.TCP, "")),
        sliceOfPort(port, "cart", "zone-a", "10.0.0.1"),
        sliceOfPort(port, "cart", "zone-b", "10.0.0.2"));
    return cluster("cart").replace(":http", ":" + port);
  }

  private static void askForBoth(FakeClient client, String... names) {
    client.ask(ResourceType.CLUSTER, List.of(names));
    acceptAll(client);
    client.ask(ResourceType.ENDPOINT, List.of(names));
    acceptAll(client);
  }

  private static TypeStatus status(FakeClient client, ResourceType type) {
    return client.session().snapshot().types().getOrDefault(type, TypeStatus.NOT_ASKED);
  }

  private static Set<String> namesSince(int pushes, FakeClient client, ResourceType type) {
    Set<String> names = new TreeSet<>();
    for (Push push : client.pushes().subList(pushes, client.pushes().size())) {
      if (push.type() == type) {
        push.resources().forEach(resource -> names.add(resource.name()));
      }
    }
    return names;
  }

  private FakeClient connected(XdsProtocol protocol) {
    return client(protocol)
        .ask(ResourceType.LISTENER, List.of(TARGET))
        .accept()
        .ask(ResourceType.CLUSTER, List.of(cluster("cart")))
        .accept()
        .ask(ResourceType.ENDPOINT, List.of(cluster("cart")))
        .accept();
  }

  private static void acceptAll(FakeClient client) {
    int seen;
    do {
      seen = client.pushes().size();
      for (ResourceType type : ResourceType.values()) {
        client.session().acknowledged(type);
      }
      client.session().proceed();
    } while (client.pushes().size() > seen);
  }

  private FakeClient client(XdsProtocol protocol) {
    Map<String, String> said = Map.of("NODE_NAME", "node-a", "NAMESPACE", "shop");
    Struct.Builder metadata = Struct.newBuilder();
    said.forEach(
        (key, value) -> metadata.putFields(key, Value.newBuilder().setStringValue(value).build()));
    return new FakeClient(
        group,
        protocol,
        Node.newBuilder().setId("g").setUserAgentName("gRPC Java").setMetadata(metadata).build());
  }

  private static List<Push> pushes(FakeClient client, ResourceType type) {
    return client.pushes().stream().filter(push -> push.type() == type).toList();
  }

  /** The names of all that a client has of a type. */
  private static Set<String> held(FakeClient client, XdsProtocol protocol, ResourceType type) {
    Set<String> names = new TreeSet<>();
    for (Push push : pushes(client, type)) {
      if (type.isFullState(protocol)) {
        names.clear();
      }
      push.resources().forEach(resource -> names.add(resource.name()));
      names.removeAll(push.removed());
    }
    return names;
  }

  private static Push last(FakeClient client, ResourceType type) {
    return pushes(client, type).getLast();
  }

  private static String resource(FakeClient client, ResourceType type) {
    return last(client, type).resources().getFirst().name();
  }

  private static boolean isDropped(ClusterLoadAssignment assignment) {
    return assignment.getPolicy().getDropOverloads(0).getDropPercentage().getNumerator() == 100;
  }

  private static ClusterLoadAssignment assignment(Push push) {
    return assignment(push.resources().getFirst());
  }

  private static ClusterLoadAssignment assignment(XdsResource resource) {
    try {
      return ClusterLoadAssignment.parseFrom(resource.packed().getValue());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> addresses(Push push) {
    return assignment(push).getEndpointsList().stream()
        .map(locality -> locality.getLbEndpoints(0).getEndpoint().getAddress())
        .map(address -> address.getSocketAddress().getAddress())
        .toList();
  }

  private static String leadsTo(XdsResource listener) {
    return routesOf(listener).getVirtualHosts(0).getRoutes(0).getRoute().getCluster();
  }

  /** The routes in a listener. */
  private static RouteConfiguration routesOf(XdsResource listener) {
    try {
      return Listener.parseFrom(listener.packed().getValue())
          .getApiListener()
          .getApiListener()
          .unpack(HttpConnectionManager.class)
          .getRouteConfig();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }

  private static RouteConfiguration routes(XdsResource routes) {
    try {
      return RouteConfiguration.parseFrom(routes.packed().getValue());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }

  private void delete(String name) {
    ObjectName service = new ObjectName("shop", name);
    group.published(store.put(List.of(), List.of(service)));
  }

  private void put(ModelObject... objects) {
    List<ObjectChange> changes =
        Arrays.stream(objects).<ObjectChange>map(ObjectChange.Put::new).toList();
    Set<ObjectName> dirty = state.apply(new StateChange.Difference(changes, List.of())).services();
    Set<String> moved = store.putNodes(state.nodes());
    List<ServiceTranslation> translated = new ArrayList<>();
    dirty.forEach(name -> translated.add(translator.translate(state.service(name).orElseThrow())));
    group.published(store.put(translated, List.of()).with(moved, 0));
  }
}
