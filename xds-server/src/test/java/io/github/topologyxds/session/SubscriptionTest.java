package io.github.topologyxds.session;

import static io.github.topologyxds.session.SmallWorld.cluster;
import static io.github.topologyxds.session.SmallWorld.service;
import static io.github.topologyxds.session.SmallWorld.slice;
import static org.assertj.core.api.Assertions.assertThat;

import io.envoyproxy.envoy.config.core.v3.Node;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.resources.ClientResources;
import io.github.topologyxds.resources.ResourceStore;
import io.github.topologyxds.resources.node.ClientNode;
import io.github.topologyxds.state.ClusterStateStore;
import io.github.topologyxds.state.ModelObject;
import io.github.topologyxds.state.StateChange;
import io.github.topologyxds.subscription.ClientState;
import io.github.topologyxds.subscription.InitialResponseCache;
import io.github.topologyxds.subscription.InitialResponseCache.FirstRequest.Extent;
import io.github.topologyxds.subscription.Nack;
import io.github.topologyxds.subscription.Push;
import io.github.topologyxds.subscription.SharedIndex;
import io.github.topologyxds.subscription.SubscriberIndex;
import io.github.topologyxds.subscription.Subscribers;
import io.github.topologyxds.subscription.Subscription;
import io.github.topologyxds.subscription.SubscriptionContext;
import io.github.topologyxds.topology.settings.RoutingOptions;
import io.github.topologyxds.xds.Translator;
import io.github.topologyxds.xds.resource.ResourceType;
import io.github.topologyxds.xds.resource.XdsProtocol;
import io.github.topologyxds.xds.resource.XdsResource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a single response cannot show on the wire: which one comes next, and that none does. */
class SubscriptionTest {
  private final ResourceStore store = new ResourceStore("cluster.local");
  private final ClientResources resources =
      store.forClient(ClientNode.of(Node.newBuilder().setId("test").build()), XdsProtocol.DELTA);
  private final Subscription delta = subscription(ResourceType.ENDPOINT, XdsProtocol.DELTA);

  @BeforeEach
  void twoServices() {
    put(service("cart"), slice("cart", "zone-a", "10.0.0.1"));
    put(service("pay"), slice("pay", "zone-a", "10.0.1.1"));
  }

  @Test
  void hasOneResponseOpenAtATime() {
    delta.subscribedNames().subscribe(List.of(cluster("cart")));
    assertThat(nextNames()).containsExactly(cluster("cart"));

    delta.subscribedNames().subscribe(List.of(cluster("pay")));
    assertThat(delta.next(Set.of())).isNull();
    delta.acknowledged();
    assertThat(nextNames()).containsExactly(cluster("pay"));
  }

  /** A cluster that was sent again warms until its endpoints come; a NACK must not lose them. */
  @Test
  void sendsWhatACorrectedClusterWaitsForEvenAfterARefusal() {
    delta.subscribedNames().subscribe(List.of(cluster("cart"), cluster("pay")));
    assertThat(nextNames()).hasSize(2);
    delta.acknowledged();
    put(service("pay"), slice("pay", "zone-a", "10.6.6.6"));
    changed(delta, cluster("pay"));
    delta.force(List.of(cluster("cart")));

    assertThat(nextNames()).containsExactly(cluster("cart"), cluster("pay"));
    assertThat(refusedBy(delta)).hasSize(2);
    assertThat(nextNames()).containsExactly(cluster("cart"));
    delta.acknowledged();
    assertThat(nextNames()).containsExactly(cluster("pay"));
    assertThat(refusedBy(delta)).hasSize(1);
    assertThat(delta.next(Set.of())).isNull();
  }

  @Test
  void answersAWarmingClusterWithTheLastAcceptedVersionOfARefusedOne() {
    delta.subscribedNames().subscribe(List.of(cluster("cart")));
    XdsResource accepted = only(delta.next(Set.of()));
    delta.acknowledged();
    put(service("cart"), slice("cart", "zone-a", "10.6.6.6"));
    changed(delta, cluster("cart"));
    delta.force(List.of(cluster("cart")));

    assertThat(only(delta.next(Set.of()))).isNotEqualTo(accepted);
    assertThat(refusedBy(delta)).hasSize(1);
    assertThat(only(delta.next(Set.of()))).isEqualTo(accepted);

    // Even that is refused now: an empty one, and at last the word that there is none.
    assertThat(refusedBy(delta)).hasSize(1);
    assertThat(only(delta.next(Set.of())).packed().getValue().size()).isLessThan(20);
    assertThat(refusedBy(delta)).hasSize(1);
    Push last = delta.next(Set.of());
    assertThat(last == null ? List.of() : last.removed()).containsExactly(cluster("cart"));
    assertThat(refusedBy(delta)).isEmpty();
    assertThat(delta.next(Set.of())).isNull();
  }

  /** What it had before a restart is better than the empty assignment that would replace it. */
  @Test
  void leavesAResumedClientWhatItHasWhenItRefusesTheNew() {
    delta.subscribedNames().subscribe(List.of(cluster("cart")));
    delta.subscribedNames().startFrom(Map.of(cluster("cart"), "of-an-earlier-stream"));
    assertThat(nextNames()).containsExactly(cluster("cart"));

    assertThat(refusedBy(delta)).hasSize(1);

    assertThat(delta.next(Set.of())).isNull();
  }

  @Test
  void saysNothingOfWhatWasUnsubscribedWhileItWasOpen() {
    delta.subscribedNames().subscribe(List.of(cluster("cart")));
    assertThat(nextNames()).containsExactly(cluster("cart"));
    delta.subscribedNames().unsubscribe(List.of(cluster("cart")));
    assertThat(refusedBy(delta)).hasSize(1);
    assertThat(delta.next(Set.of())).isNull();
  }

  @Test
  void tellsByAWholeStateThatANamedClusterDoesNotExist() {
    Subscription clusters = subscription(ResourceType.CLUSTER, XdsProtocol.STATE_OF_THE_WORLD);
    clusters.subscribedNames().replaceNames(List.of("shop/none:http"));

    Push push = clusters.next(Set.of());

    assertThat(push == null ? null : push.resources()).isEmpty();
  }

  @Test
  void repeatsARemovalThatWasRefusedTogetherWithSomethingNew() {
    Subscription clusters = subscription(ResourceType.CLUSTER, XdsProtocol.DELTA);
    clusters.subscribedNames().subscribe(List.of(cluster("new"), cluster("pay")));
    assertThat(clusters.next(Set.of())).isNotNull();
    clusters.acknowledged();
    put(service("new"));
    store.put(List.of(), List.of(new ObjectName("shop", "pay")));
    changed(clusters, cluster("new"), cluster("pay"));
    assertThat(removedBy(clusters.next(Set.of()))).containsExactly(cluster("pay"));

    assertThat(refusedBy(clusters)).containsExactly(cluster("new"));

    assertThat(removedBy(clusters.next(Set.of()))).contains(cluster("pay"));
    assertThat(refusedBy(clusters)).isEmpty();
    assertThat(clusters.next(Set.of())).as("it is not to blame: no repetition").isNull();
  }

  @Test
  void repeatsARefusedRemovalToAClientThatWantsAll() {
    Subscription clusters = subscription(ResourceType.CLUSTER, XdsProtocol.DELTA);
    clusters.subscribedNames().subscribeToAll();
    assertThat(clusters.next(Set.of())).isNotNull();
    clusters.acknowledged();
    put(service("new"));
    store.put(List.of(), List.of(new ObjectName("shop", "pay")));
    changed(clusters, cluster("new"), cluster("pay"));
    assertThat(removedBy(clusters.next(Set.of()))).containsExactly(cluster("pay"));

    assertThat(refusedBy(clusters)).containsExactly(cluster("new"));

    assertThat(removedBy(clusters.next(Set.of()))).containsExactly(cluster("pay"));
  }

  /** It does not say what it has, only that it has something. */
  @Test
  void leavesAResumedStateOfTheWorldClientWhatItHasWhenItRefusesTheNew() {
    Subscription endpoints = subscription(ResourceType.ENDPOINT, XdsProtocol.STATE_OF_THE_WORLD);
    endpoints.begin(new InitialResponseCache.FirstRequest(Extent.NAMED, List.of(cluster("cart"))));
    endpoints.resumes();
    assertThat(only(endpoints.next(Set.of())).name()).isEqualTo(cluster("cart"));
    assertThat(refusedBy(endpoints)).hasSize(1);
    assertThat(endpoints.next(Set.of())).as("no empty one").isNull();

    // A cluster that it had not before waits for its endpoints.
    endpoints.subscribedNames().subscribe(List.of(cluster("pay")));
    assertThat(only(endpoints.next(Set.of())).name()).isEqualTo(cluster("pay"));
    assertThat(refusedBy(endpoints)).hasSize(1);
    assertThat(only(endpoints.next(Set.of())).packed().getValue().size()).isLessThan(20);
  }

  /** Half of the clusters would mean the end of the other half, which it had before. */
  @Test
  void doesNotSearchAmongTheClustersThatAResumedClientHas() {
    Subscription clusters = subscription(ResourceType.CLUSTER, XdsProtocol.STATE_OF_THE_WORLD);
    clusters.begin(new InitialResponseCache.FirstRequest(Extent.ALL, List.of()));
    clusters.resumes();
    assertThat(clusters.next(Set.of())).isNotNull();
    assertThat(refusedBy(clusters)).hasSize(2);
    assertThat(clusters.next(Set.of())).isNull();

    put(service("new"));
    changed(clusters, cluster("new"));
    Push whole = clusters.next(Set.of());
    assertThat(whole == null ? List.of() : whole.resources()).hasSize(3);
    clusters.acknowledged();

    put(service("bad"));
    changed(clusters, cluster("bad"));
    assertThat(clusters.next(Set.of())).isNotNull();
    assertThat(refusedBy(clusters)).containsExactly(cluster("bad"));
    assertThat(clusters.next(Set.of())).as("it has all the others").isNull();
  }

  private Subscription subscription(ResourceType type, XdsProtocol protocol) {
    return new Subscription(
        new SubscriptionContext(
            type,
            protocol,
            resources,
            new SharedIndex(
                new SubscriberIndex(), 0, new InitialResponseCache(), Integer.MAX_VALUE)));
  }

  private static void changed(Subscription subscription, String... names) {
    for (String name : names) {
      subscription.changed(name);
    }
  }

  /** Names that come and go while a response is open leave nothing behind. */
  @Test
  void forgetsWhatWasUnsubscribedWhileAResponseWasOpen() {
    ClientState state = new ClientState(new SubscriberIndex(), 0);
    for (int i = 0; i < 1000; i++) {
      Subscribers entry = state.enter("a");
      state.markDirty(entry);
      state.drop(entry);
    }
    state.markDirty(state.enter("a"));
    assertThat(state.dirty().count()).isEqualTo(1);
    assertThat(state.dirty().listed()).isLessThan(100);
    assertThat(state.dirty().take(entry -> true)).hasSize(1);
  }

  private static List<String> refusedBy(Subscription subscription) {
    Nack refusal = subscription.refused(Nack.ClusterWarming.OVER);
    return refusal == null ? List.of() : refusal.fresh().stream().map(XdsResource::name).toList();
  }

  private static List<String> removedBy(@Nullable Push push) {
    return push == null ? List.of() : push.removed();
  }

  private List<String> nextNames() {
    Push push = delta.next(Set.of());
    return push == null ? List.of() : push.resources().stream().map(XdsResource::name).toList();
  }

  private static XdsResource only(@Nullable Push push) {
    if (push == null || push.resources().size() != 1) {
      throw new AssertionError("expected one resource: " + push);
    }
    return push.resources().getFirst();
  }

  private void put(ModelObject... objects) {
    ClusterStateStore state = new ClusterStateStore();
    Translator translator = new Translator(RoutingOptions.DEFAULT);
    for (ObjectName name :
        state.apply(new StateChange.Everything(List.of(objects), List.of())).services()) {
      state
          .service(name)
          .ifPresent(service -> store.put(List.of(translator.translate(service)), List.of()));
    }
  }
}
