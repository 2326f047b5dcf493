package io.github.topologyxds.session;

import static io.github.topologyxds.session.SmallWorld.cluster;
import static io.github.topologyxds.session.SmallWorld.slice;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.github.topologyxds.identity.ClientIdentity;
import io.github.topologyxds.model.Family;
import io.github.topologyxds.model.NamespaceModel;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.Protocol;
import io.github.topologyxds.model.ServiceModel;
import io.github.topologyxds.model.ServicePort;
import io.github.topologyxds.model.ServiceTopology;
import io.github.topologyxds.model.ServiceType;
import io.github.topologyxds.model.TrafficAnnotations;
import io.github.topologyxds.resources.ResourceStore;
import io.github.topologyxds.resources.node.ClientNode;
import io.github.topologyxds.state.ClusterStateStore;
import io.github.topologyxds.state.ModelObject;
import io.github.topologyxds.state.ObjectChange;
import io.github.topologyxds.state.StateChange;
import io.github.topologyxds.state.StateUpdate;
import io.github.topologyxds.subscription.PushLimits;
import io.github.topologyxds.topology.settings.RoutingOptions;
import io.github.topologyxds.topology.settings.VisibleTo;
import io.github.topologyxds.xds.ServiceTranslation;
import io.github.topologyxds.xds.Translator;
import io.github.topologyxds.xds.resource.ResourceType;
import io.github.topologyxds.xds.resource.XdsProtocol;
import io.github.topologyxds.xds.resource.XdsResource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Who does not see a Service hears exactly what it would hear if there were none, however it asks:
 * the same questions are asked where the Service is hidden and where it does not exist.
 */
class HiddenServicesTest {
  private static final String OWN = "shop";
  private static final String OTHER = "web";

  /** Every name that the hidden Service has, and its neighbours of the same ways. */
  private static final List<String> NAMES =
      List.of(
          cluster("cart"),
          cluster("pay"),
          "cart.shop:80",
          "pay.shop:80",
          "cart.shop.svc.cluster.local",
          "shop/cart:http",
          "shop/cart",
          "cart",
          "10.96.0.1:80",
          "10.96.0.2:80",
          "//cart.shop",
          "//cart.shop.svc",
          "//10.96.0.1",
          "//pay.shop",
          "outbound",
          "outbound-ipv6",
          "passthrough");

  /** A client's kind, and how it asks. */
  record Way(XdsProtocol protocol, Map<String, String> metadata, String agent) {
    Node node(String namespace) {
      Struct.Builder struct = Struct.newBuilder().putFields("NAMESPACE", text(namespace));
      metadata.forEach((key, value) -> struct.putFields(key, text(value)));
      return Node.newBuilder().setId("c").setUserAgentName(agent).setMetadata(struct).build();
    }

    private static Value text(String text) {
      return Value.newBuilder().setStringValue(text).build();
    }
  }

  private static Stream<Way> ways() {
    return Stream.of(XdsProtocol.values())
        .flatMap(protocol ->
            Stream.of(
                new Way(protocol, Map.of(), "envoy"),
                new Way(protocol, Map.of("SERVICES", "shop/*"), "envoy"),
                new Way(protocol, Map.of("SERVICES", "shop/cart"), "envoy"),
                new Way(protocol, Map.of("SIDECAR", "on-demand"), "envoy"),
                new Way(protocol, Map.of("SIDECAR", "on-demand", "SERVICES", "shop/cart"), "envoy"),
                new Way(protocol, Map.of(), "gRPC Java")));
  }

  private static final class World {
    private final ResourceStore store = new ResourceStore("cluster.local");
    private final ClusterStateStore state = new ClusterStateStore();
    private final FakeClock clock = new FakeClock();
    private final SessionGroup group =
        new SessionGroup(
            store, new DeliveryMetrics(), clock, new PushLimits(Duration.ZERO, 1 << 20));
    private final Translator translator;

    World(VisibleTo server) {
      this.translator = new Translator(RoutingOptions.DEFAULT.with(server));
      put(web("pay", "10.96.0.2", ""), slice("pay", "zone-a", "10.0.1.1"));
      // Two are HTTP and cart is not: listeners name it by its address.
      put(web("queue", "10.96.0.3", ""));
    }

    World put(ModelObject... objects) {
      publish(Stream.of(objects).<ObjectChange>map(ObjectChange.Put::new).toList());
      return this;
    }

    World withCart(String visibleTo) {
      return put(
          web("cart", "10.96.0.1", visibleTo, "tcp"),
          slice("cart", "zone-a", "10.0.0.1"),
          slice("cart", "zone-b", "10.0.0.2"));
    }

    private void publish(List<ObjectChange> changes) {
      StateUpdate update = state.apply(new StateChange.Difference(changes, List.of()));
      List<ServiceTranslation> translated = new ArrayList<>();
      List<ObjectName> gone = new ArrayList<>();
      for (ObjectName name : update.services()) {
        state
            .service(name)
            .ifPresentOrElse(
                service -> translated.add(translator.translate(service)), () -> gone.add(name));
      }
      group.published(store.put(translated, gone));
      clock.advance(10_000);
      group.published(store.onDemand().settle(clock.nanos()));
    }

    /** Returns all that a client of this namespace hears when it asks for everything. */
    List<String> hears(Way way, String namespace) {
      return heard(ask(way, namespace));
    }

    FakeClient ask(Way way, String namespace) {
      FakeClient client = new FakeClient(group, way.protocol(), way.node(namespace));
      for (ResourceType type : ResourceType.values()) {
        switch (way.protocol()) {
          case DELTA -> {
            client.ask(type, List.of("*"), List.of()).acceptAll();
            client.ask(type, NAMES, List.of()).acceptAll();
          }
          case STATE_OF_THE_WORLD -> {
            client.ask(type, List.of()).acceptAll();
            client.ask(type, NAMES).acceptAll();
          }
        }
      }
      return client;
    }
  }

  private static List<String> heard(FakeClient client) {
    List<String> heard = new ArrayList<>();
    client
        .pushes()
        .forEach(push -> {
          push.resources().forEach(resource -> heard.add(written(push.type(), resource)));
          heard.add(push.type() + " without " + push.removed().stream().sorted().toList());
        });
    return heard;
  }

  private static String written(ResourceType type, XdsResource resource) {
    return type + " " + resource.name() + " " + resource.version() + " " + resource.packed();
  }

  private static ModelObject web(String name, String ip, String visibleTo) {
    return web(name, ip, visibleTo, "http");
  }

  private static ModelObject web(String name, String ip, String visibleTo, String protocol) {
    return new ModelObject.OfService(
        new ServiceModel(
            new ObjectName(OWN, name),
            ServiceType.CLUSTER_IP,
            List.of(ip),
            List.of(Family.IPV4),
            List.of(new ServicePort("http", 80, Protocol.TCP, protocol)),
            ServiceTopology.DEFAULT.with(
                new TrafficAnnotations("", "", "", "", "", "", "", visibleTo)),
            false,
            ServiceModel.AGE_UNKNOWN));
  }

  private static ModelObject namespace(String visibleTo) {
    return new ModelObject.OfNamespace(
        new NamespaceModel(
            OWN, "", "", new TrafficAnnotations("", "", "", "", "", "", "", visibleTo)));
  }

  private static World everybodys() {
    return new World(new VisibleTo.Everybody());
  }

  @ParameterizedTest
  @MethodSource("ways")
  void aHiddenServiceIsToOthersAsOneThatIsMissing(Way way) {
    List<String> hidden = everybodys().withCart(".").hears(way, OTHER);

    assertThat(hidden).isEqualTo(everybodys().hears(way, OTHER));
    assertThat(String.join("\n", hidden)).doesNotContain("10.0.0.1", "10.0.0.2");
  }

  @ParameterizedTest
  @MethodSource("ways")
  void whoSeesItHearsWhatEverybodyWould(Way way) {
    for (String visibleTo : List.of(".", "web,data", "data , web")) {
      assertThat(everybodys().withCart(visibleTo).hears(way, OWN))
          .isEqualTo(everybodys().withCart("*").hears(way, OWN));
    }
    assertThat(everybodys().withCart("data,web").hears(way, OTHER))
        .isEqualTo(everybodys().withCart("").hears(way, OTHER))
        .isNotEqualTo(everybodys().hears(way, OTHER));
  }

  /** Service, then Namespace, then the server; what nobody can read hides. */
  @ParameterizedTest
  @MethodSource("ways")
  void theFirstWhoSaysSomethingDecides(Way way) {
    List<String> missing = everybodys().hears(way, OTHER);
    assertThat(everybodys().put(namespace(".")).withCart("").hears(way, OTHER))
        .as("the Namespace hides all of its Services, pay too")
        .isNotEqualTo(missing)
        .noneMatch(line -> line.contains("10.0.1.1") || line.contains("10.0.0.1"));
    assertThat(new World(VisibleTo.OWN_NAMESPACE).withCart("*").hears(way, OTHER))
        .isNotEqualTo(new World(VisibleTo.OWN_NAMESPACE).hears(way, OTHER));
    assertThat(
            new World(VisibleTo.OWN_NAMESPACE).put(namespace("*")).withCart(".").hears(way, OTHER))
        .isEqualTo(missing);
    assertThat(everybodys().withCart("web;data").hears(way, OTHER)).isEqualTo(missing);
  }

  /** A client of no namespace sees what everybody sees. */
  @ParameterizedTest
  @MethodSource("ways")
  void whoHasNoNamespaceSeesWhatAllSee(Way way) {
    assertThat(everybodys().withCart(".").hears(way, "")).isEqualTo(everybodys().hears(way, ""));
  }

  /** Two namespaces ask the same question of the same loop, in either order. */
  @ParameterizedTest
  @MethodSource("ways")
  void answersAreKeptForThoseAloneWhoSeeTheSame(Way way) {
    World world = everybodys().withCart(".");
    List<String> others = world.hears(way, OTHER);
    List<String> own = world.hears(way, OWN);

    assertThat(own).isEqualTo(everybodys().withCart(".").hears(way, OWN)).isNotEqualTo(others);
    assertThat(world.hears(way, OTHER)).isEqualTo(others);
    assertThat(world.hears(way, "elsewhere")).isEqualTo(others);
  }

  /** While a stream is open: hidden is gone, and shown again is back. */
  @ParameterizedTest
  @MethodSource("ways")
  void anOpenStreamIsToldOfBoth(Way way) {
    World world = everybodys().withCart("*");
    FakeClient client = world.ask(way, OTHER);
    client.acceptAll();
    int before = client.pushes().size();

    world.withCart(".");
    client.acceptAll();
    int hidden = client.pushes().size();
    assertThat(hidden).as("something was taken away").isGreaterThan(before);
    assertThat(heard(client).subList(heard(client).size() - 1, heard(client).size()))
        .noneMatch(line -> line.contains("10.0.0.1"));
    world.put(slice("cart", "zone-a", "10.0.0.77"));
    client.acceptAll();
    assertThat(client.pushes()).as("its endpoints change unheard").hasSize(hidden);

    world.withCart("web");
    client.acceptAll();
    assertThat(client.pushes().size()).isGreaterThan(hidden);
  }

  /**
   * What is proven counts; who has to prove and does not is of no namespace, whatever it claims.
   */
  @Test
  void theProvenNamespaceCounts() {
    World world = everybodys().withCart(".");
    Way way = new Way(XdsProtocol.DELTA, Map.of(), "envoy");
    ClientNode claims = ClientNode.of(way.node(OWN));
    ClientIdentity web =
        new ClientIdentity(ClientIdentity.Source.TOKEN, OTHER, "default", "pod", "node");

    assertThat(sees(world, claims)).isTrue();
    assertThat(sees(world, claims.unproven())).isFalse();
    assertThat(sees(world, claims.provenBy(web))).isFalse();
    assertThat(sees(world, ClientNode.of(way.node(OTHER)).provenBy(proven(OWN)))).isTrue();
    assertThat(claims.unproven().namespace()).as("bare names stay its own").isEqualTo(OWN);
  }

  private static ClientIdentity proven(String namespace) {
    return new ClientIdentity(ClientIdentity.Source.TOKEN, namespace, "default", "pod", "node");
  }

  private static boolean sees(World world, ClientNode client) {
    var resources = world.store.forClient(client, XdsProtocol.DELTA);
    boolean unasked = resources.names(ResourceType.CLUSTER).contains(cluster("cart"));
    boolean named = resources.get(ResourceType.CLUSTER, cluster("cart")) != null;
    assertThat(unasked).isEqualTo(named);
    return named;
  }
}
