package io.github.topologyxds.delivery;

import io.envoyproxy.envoy.config.core.v3.Locality;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.github.topologyxds.xds.ResourceType;
import io.github.topologyxds.xds.XdsResource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A client that keeps what it is sent, and answers when it is told to. */
final class FakeClient implements Transport {
  private final List<Push> pushes = new ArrayList<>();
  private final ClientSession session;
  private int mostResources = Integer.MAX_VALUE;

  FakeClient(SessionGroup group, XdsProtocolVariant variant, String zone) {
    this(
        group,
        variant,
        Node.newBuilder().setId("c").setLocality(Locality.newBuilder().setZone(zone)).build());
  }

  FakeClient(SessionGroup group, XdsProtocolVariant variant, Node node) {
    session = group.open(variant, ClientNode.of(node), this);
  }

  ClientSession session() {
    return session;
  }

  FakeClient ask(ResourceType type, List<String> names) {
    session.want(type, names, false);
    session.flush();
    return this;
  }

  /** Asks for all of a type, and says which of them it has. */
  FakeClient comeBack(ResourceType type, List<String> names, Map<String, String> versions) {
    session.want(type, new DeltaSubscription(names, List.of(), versions));
    session.flush();
    return this;
  }

  FakeClient askForMore(List<String> names) {
    return ask(ResourceType.ENDPOINT, names, List.of());
  }

  FakeClient ask(ResourceType type, List<String> more, List<String> fewer) {
    session.want(type, new DeltaSubscription(more, fewer, Map.of()));
    session.flush();
    return this;
  }

  /** Accepts the last response. */
  FakeClient accept() {
    session.acknowledged(last().type());
    session.proceed();
    return this;
  }

  /** From now on there is room for responses of so many resources; -1: for none. */
  void readyFor(int resources) {
    mostResources = resources;
  }

  List<Push> pushes() {
    return pushes;
  }

  Push last() {
    return pushes.getLast();
  }

  List<String> lastNames() {
    return last().resources().stream().map(XdsResource::name).toList();
  }

  @Override
  public void send(Push push) {
    pushes.add(push);
  }

  @Override
  public boolean isReady(int resources) {
    return resources <= mostResources;
  }

  @Override
  public void fail(RuntimeException defect) {
    throw defect;
  }
}
