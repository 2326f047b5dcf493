package io.github.topologyxds.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.github.topologyxds.resources.node.ClientNode;
import io.github.topologyxds.subscription.DeltaSubscriptionRequest;
import io.github.topologyxds.subscription.Push;
import io.github.topologyxds.subscription.SotwSubscriptionRequest;
import io.github.topologyxds.xds.resource.ResourceType;
import io.github.topologyxds.xds.resource.XdsProtocol;
import io.github.topologyxds.xds.resource.XdsResource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A client that keeps what it is sent, and refuses whatever holds one address. One that warms does
 * as Envoy does: it asks for the endpoints of the clusters that it is sent, and acknowledges the
 * clusters only once it has them.
 */
final class ModelClient implements Transport {
  static final String POISON = "10.9.9.9";

  private final SessionGroup group;
  private final XdsProtocol protocol;
  private final boolean routed;
  private final boolean warms;
  private final Set<String> warming = new TreeSet<>();
  private boolean clustersUnanswered;

  /** The clusters of the last response that Envoy would take for new or changed. */
  private final Set<String> fresh = new TreeSet<>();

  private final Deque<Push> open = new ArrayDeque<>();
  private final Map<ResourceType, Map<String, XdsResource>> has = new EnumMap<>(ResourceType.class);
  private final Set<String> names = new TreeSet<>();
  private ClientSession session;
  private boolean blocked;

  ModelClient(SessionGroup group, XdsProtocol protocol, boolean routed, boolean warms) {
    this.group = group;
    this.protocol = protocol;
    this.routed = routed;
    this.warms = warms;
    this.session = connect();
  }

  private ClientSession connect() {
    ClientNode node = ClientNode.of(Node.newBuilder().setId("model").build());
    session = group.open(protocol, node, this);
    want(ResourceType.CLUSTER, List.of(), List.of(), held(ResourceType.CLUSTER));
    want(ResourceType.ENDPOINT, List.copyOf(names), List.of(), held(ResourceType.ENDPOINT));
    if (routed) {
      want(ResourceType.ROUTE, List.of("outbound"), List.of(), held(ResourceType.ROUTE));
    }
    return session;
  }

  private void want(
      ResourceType type, List<String> more, List<String> fewer, Map<String, XdsResource> from) {
    switch (protocol) {
      case STATE_OF_THE_WORLD ->
          session.want(
              type,
              SotwSubscriptionRequest.of(
                  type == ResourceType.ENDPOINT ? List.copyOf(names) : more,
                  from.isEmpty() ? "" : "some"));
      case DELTA -> {
        Map<String, String> versions = new HashMap<>();
        from.forEach((name, resource) -> versions.put(name, resource.version()));
        session.want(type, new DeltaSubscriptionRequest(more, fewer, versions));
      }
    }
    session.flush();
  }

  private Map<String, XdsResource> held(ResourceType type) {
    return has.computeIfAbsent(type, t -> new HashMap<>());
  }

  /** Asks for a name, unless the clusters decide what is asked for. */
  void subscribe(String name) {
    if (!warms) {
      ask(name);
    }
  }

  void unsubscribe(String name) {
    if (!warms) {
      drop(name);
    }
  }

  private void ask(String name) {
    names.add(name);
    want(ResourceType.ENDPOINT, List.of(name), List.of(), Map.of());
  }

  private void drop(String name) {
    if (names.remove(name)) {
      held(ResourceType.ENDPOINT).remove(name);
      want(ResourceType.ENDPOINT, List.of(), List.of(name), Map.of());
    }
  }

  void reconnect() {
    leave();
    connect();
  }

  void leave() {
    open.clear();
    warming.clear();
    clustersUnanswered = false;
    session.close(Departure.CLOSED_BY_CLIENT);
  }

  void blocked(boolean now) {
    blocked = now;
    session.proceed();
  }

  @Override
  public String send(Push push) {
    assertThat(open.stream().map(Push::type)).doesNotContain(push.type());
    assertThat(clustersUnanswered && push.type() == ResourceType.CLUSTER).isFalse();
    open.add(push);
    return push.version();
  }

  @Override
  public String peer() {
    return "";
  }

  @Override
  public boolean isReady(int resources) {
    return !blocked;
  }

  @Override
  public void fail(RuntimeException defect) {
    throw defect;
  }

  void answerOne() {
    Push push = open.poll();
    if (push == null) {
      return;
    }
    boolean refuses =
        push.type() == ResourceType.ENDPOINT
            && push.resources().stream().anyMatch(r -> addresses(r).contains(POISON));
    if (refuses) {
      session.refused(push.type(), "poison");
    } else {
      take(push);
      acknowledge(push);
    }
    session.proceed();
  }

  private void acknowledge(Push push) {
    if (warms && push.type() == ResourceType.CLUSTER) {
      warm(push);
    } else {
      session.acknowledged(push.type());
    }
    if (push.type() == ResourceType.ENDPOINT) {
      push.resources().forEach(resource -> warming.remove(resource.name()));
    }
    if (clustersUnanswered && warming.isEmpty()) {
      clustersUnanswered = false;
      session.acknowledged(ResourceType.CLUSTER);
    }
  }

  private void warm(Push push) {
    clustersUnanswered = true;
    for (XdsResource cluster : push.resources()) {
      if (fresh.contains(cluster.name())) {
        warming.add(cluster.name());
        ask(cluster.name());
      }
    }
    for (String name : List.copyOf(names)) {
      if (!held(ResourceType.CLUSTER).containsKey(name)) {
        drop(name);
      }
    }
  }

  private void take(Push push) {
    Map<String, XdsResource> mine = held(push.type());
    Map<String, XdsResource> before = Map.copyOf(mine);
    if (protocol == XdsProtocol.STATE_OF_THE_WORLD && push.type() == ResourceType.CLUSTER) {
      mine.clear();
    }
    for (XdsResource resource : push.resources()) {
      if (push.type() != ResourceType.ENDPOINT || names.contains(resource.name())) {
        mine.put(resource.name(), resource);
      }
    }
    push.removed().forEach(mine::remove);
    if (push.type() == ResourceType.CLUSTER) {
      fresh.clear();
      push.resources().stream()
          .filter(resource -> !resource.equals(before.get(resource.name())))
          .forEach(resource -> fresh.add(resource.name()));
    }
  }

  /** Holds what the client has against the world: the address of each Service that exists. */
  void check(Map<String, String> world) {
    assertThat(open).isEmpty();
    assertThat(held(ResourceType.CLUSTER).keySet()).isEqualTo(world.keySet());
    assertThat(held(ResourceType.ENDPOINT).keySet()).isEqualTo(names);
    for (String name : names) {
      XdsResource mine = held(ResourceType.ENDPOINT).get(name);
      String address = world.get(name);
      assertThat(mine == null ? null : addresses(mine))
          .isEqualTo(address == null ? Set.of() : Set.of(address));
    }
  }

  private static Set<String> addresses(XdsResource assignment) {
    Set<String> addresses = new TreeSet<>();
    try {
      ClusterLoadAssignment message = assignment.packed().unpack(ClusterLoadAssignment.class);
      message
          .getEndpointsList()
          .forEach(locality ->
              locality
                  .getLbEndpointsList()
                  .forEach(e ->
                      addresses.add(e.getEndpoint().getAddress().getSocketAddress().getAddress())));
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
    return addresses;
  }
}
