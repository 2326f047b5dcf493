package io.github.topologyxds.session;

import io.envoyproxy.envoy.config.core.v3.Locality;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.github.topologyxds.resources.node.ClientNode;
import io.github.topologyxds.subscription.DeltaSubscriptionRequest;
import io.github.topologyxds.subscription.Push;
import io.github.topologyxds.subscription.SotwSubscriptionRequest;
import io.github.topologyxds.xds.resource.ResourceType;
import io.github.topologyxds.xds.resource.XdsProtocol;
import io.github.topologyxds.xds.resource.XdsResource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A client that keeps what it is sent, and answers when it is told to. */
public final class FakeClient implements Transport {
  private final List<Push> pushes = new ArrayList<>();
  private final ClientSession session;
  private int mostResources = Integer.MAX_VALUE;
  private boolean oneMore;
  private int accepted;

  public FakeClient(SessionGroup group, XdsProtocol protocol, String zone) {
    this(
        group,
        protocol,
        Node.newBuilder().setId("c").setLocality(Locality.newBuilder().setZone(zone)).build());
  }

  public FakeClient(SessionGroup group, XdsProtocol protocol, Node node) {
    session = group.open(protocol, ClientNode.of(node), this);
  }

  ClientSession session() {
    return session;
  }

  public FakeClient ask(ResourceType type, List<String> names) {
    session.want(type, SotwSubscriptionRequest.first(names));
    session.flush();
    return this;
  }

  /** Asks for all of a type, and says which of them it has. */
  FakeClient comeBack(ResourceType type, List<String> names, Map<String, String> versions) {
    session.want(type, new DeltaSubscriptionRequest(names, List.of(), versions));
    session.flush();
    return this;
  }

  FakeClient askForMore(List<String> names) {
    return ask(ResourceType.ENDPOINT, names, List.of());
  }

  public FakeClient ask(ResourceType type, List<String> more, List<String> fewer) {
    session.want(type, new DeltaSubscriptionRequest(more, fewer, Map.of()));
    session.flush();
    return this;
  }

  /** Accepts the last response. */
  public FakeClient accept() {
    session.acknowledged(last().type());
    session.proceed();
    return this;
  }

  /** Asks for more clusters; returns why the stream must end, if it must. */
  Optional<String> want(List<String> more) {
    Optional<String> refused =
        session.want(ResourceType.CLUSTER, new DeltaSubscriptionRequest(more, List.of(), Map.of()));
    session.flush();
    return refused;
  }

  /** Accepts all that it was sent, as long as more comes for it. */
  FakeClient acceptAll() {
    while (accepted < pushes.size()) {
      session.acknowledged(pushes.get(accepted++).type());
      session.proceed();
    }
    return this;
  }

  /** There is room for one response; what must be right behind it goes all the same. */
  void readyForOneMore() {
    mostResources = Integer.MAX_VALUE;
    oneMore = true;
  }

  /** From now on there is room for responses of so many resources; -1: for none. */
  void readyFor(int resources) {
    mostResources = resources;
  }

  public List<Push> pushes() {
    return pushes;
  }

  public Push last() {
    return pushes.getLast();
  }

  public List<String> lastNames() {
    return last().resources().stream().map(XdsResource::name).toList();
  }

  @Override
  public String send(Push push) {
    pushes.add(push);
    mostResources = oneMore ? -1 : mostResources;
    return push.version();
  }

  @Override
  public boolean isReady(int resources) {
    return resources <= mostResources;
  }

  @Override
  public String peer() {
    return "192.0.2.1:1234";
  }

  @Override
  public void fail(RuntimeException defect) {
    throw defect;
  }
}
