package io.github.topologyxds.source.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.kubernetes.ApiFailure;
import io.github.topologyxds.model.ObjectKind;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.state.ObjectChange;
import io.github.topologyxds.state.StateChange;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ObservedStateTest {
  private final List<Feed> feeds = Feed.of(List.of());
  private final ObservedState state = new ObservedState(feeds);

  private static Observation.Listed listed(WatchedKind kind, String... items) throws ApiFailure {
    String json =
        "{\"metadata\":{\"resourceVersion\":\"10\"},\"items\":[" + String.join(",", items) + "]}";
    ObjectCodec.Page page = ObjectCodec.page(kind, json.getBytes(StandardCharsets.UTF_8));
    return new Observation.Listed(new Feed(kind, ""), page.version(), page.objects());
  }

  private static String node(String version, String zone, String heartbeat) {
    return """
    {"metadata":{"name":"n","uid":"u","resourceVersion":"%s",
     "labels":{"topology.kubernetes.io/zone":"%s"}},
     "status":{"conditions":[{"type":"Ready","lastHeartbeatTime":"%s"}]}}
    """
        .formatted(version, zone, heartbeat);
  }

  private static Observation event(WatchedKind kind, String type, String object) throws ApiFailure {
    String oneLine = object.replace("\n", "");
    return ObjectCodec.event(
        new Feed(kind, ""), "{\"type\":\"" + type + "\",\"object\":" + oneLine + "}");
  }

  private StateChange complete() throws ApiFailure {
    state.apply(listed(WatchedKind.NAMESPACE, "{\"metadata\":{\"name\":\"shop\"}}"));
    state.apply(listed(WatchedKind.NODE, node("5", "zone-a", "now")));
    state.apply(
        listed(WatchedKind.SERVICE, "{\"metadata\":{\"name\":\"web\",\"namespace\":\"shop\"}}"));
    assertThat(state.next()).as("slices are not known yet").isEmpty();
    state.apply(listed(WatchedKind.SLICE));
    assertThat(state.next()).as("nor are zonal shifts").isEmpty();
    state.apply(listed(WatchedKind.ZONAL_SHIFT));
    assertThat(state.next()).as("nor are the ServiceCIDRs").isEmpty();
    state.apply(listed(WatchedKind.SERVICE_CIDR));
    return state.next().orElseThrow();
  }

  @Test
  void nothingIsHandedOverBeforeEveryKindIsKnown() throws ApiFailure {
    assertThat(complete())
        .isInstanceOfSatisfying(
            StateChange.Everything.class,
            all ->
                assertThat(all.objects())
                    .extracting(object -> object.key().kind())
                    .containsExactly(ObjectKind.NAMESPACE, ObjectKind.NODE, ObjectKind.SERVICE));
  }

  @Test
  void aClusterWithoutAnyObjectIsNoState() throws ApiFailure {
    for (WatchedKind kind : WatchedKind.ROUTING) {
      state.apply(listed(kind));
    }
    assertThat(state.next()).isEmpty();
    state.apply(event(WatchedKind.NODE, "ADDED", node("11", "zone-a", "now")));
    assertThat(state.next()).get().isInstanceOf(StateChange.Everything.class);
  }

  /** It is written by every API server that starts, whatever has become of its store. */
  @Test
  void aClusterWithItsServiceCidrAloneIsNoStateEither() throws ApiFailure {
    for (WatchedKind kind : WatchedKind.ROUTING) {
      state.apply(listed(kind));
    }
    state.apply(listed(WatchedKind.SERVICE_CIDR, "{\"metadata\":{\"name\":\"kubernetes\"}}"));
    assertThat(state.next()).isEmpty();
  }

  @Test
  void whatCanBeDoneWithoutIsWaitedForUntilSomebodyGivesUp() throws ApiFailure {
    for (WatchedKind kind :
        List.of(WatchedKind.NAMESPACE, WatchedKind.SERVICE, WatchedKind.SLICE)) {
      state.apply(listed(kind));
    }
    state.apply(listed(WatchedKind.NODE, node("5", "zone-a", "now")));
    assertThat(state.awaitsDispensableAlone()).as("zonal shifts are waited for, too").isFalse();
    state.doWithout();
    assertThat(state.next()).isEmpty();
    state.apply(listed(WatchedKind.ZONAL_SHIFT));
    assertThat(state.next()).get().isInstanceOf(StateChange.Everything.class);
    assertThat(state.awaitsDispensableAlone()).isFalse();
    state.apply(
        listed(
            WatchedKind.SERVICE_CIDR,
            "{\"metadata\":{\"name\":\"k\"},\"spec\":{\"cidrs\":[\"10.96.0.0/12\"]}}"));
    assertThat(changes()).singleElement().isInstanceOf(ObjectChange.Put.class);
  }

  @Test
  void aHeartbeatChangesNothing() throws ApiFailure {
    complete();
    state.apply(event(WatchedKind.NODE, "MODIFIED", node("12", "zone-a", "later")));
    assertThat(state.next()).isEmpty();
    state.apply(event(WatchedKind.NODE, "MODIFIED", node("13", "zone-b", "later")));
    assertThat(changes()).singleElement().isInstanceOf(ObjectChange.Put.class);
  }

  @Test
  void aListAfterALossTellsWhatWasDeletedMeanwhile() throws ApiFailure {
    complete();
    state.apply(listed(WatchedKind.NODE));
    assertThat(changes()).singleElement().isInstanceOf(ObjectChange.Delete.class);
  }

  @Test
  void anObjectThatCannotBeReadCostsNoOther() throws ApiFailure {
    complete();
    state.apply(
        listed(
            WatchedKind.SERVICE,
            "{\"metadata\":{\"name\":\"web\",\"namespace\":\"shop\"}}",
            "{\"metadata\":{\"name\":\"odd\",\"namespace\":\"shop\"},\"spec\":{\"ports\":7}}"));
    StateChange change = state.next().orElseThrow();
    assertThat(change.findings())
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.reason()).isEqualTo(Reason.OBJECT_INVALID);
          assertThat(finding.object()).hasToString("Service shop/odd");
        });
    assertThat(((StateChange.Difference) change).changes()).isEmpty();
  }

  @Test
  void aNewServiceWaitsForLostSlicesAndNotLonger() throws ApiFailure {
    complete();
    state.apply(new Observation.Lost(new Feed(WatchedKind.SLICE, "")));
    String added =
        "{\"metadata\":{\"name\":\"new\",\"namespace\":\"shop\",\"resourceVersion\":\"11\"}}";
    state.apply(event(WatchedKind.SERVICE, "ADDED", added));
    state.apply(event(WatchedKind.NODE, "MODIFIED", node("13", "zone-b", "later")));
    assertThat(changes())
        .as("what needs no slices goes on")
        .extracting(change -> change.key().kind())
        .containsExactly(ObjectKind.NODE);
    state.apply(listed(WatchedKind.SLICE));
    assertThat(changes()).extracting(change -> change.key().name().name()).containsExactly("new");
  }

  @Test
  void findingsGoWithTheirObject() throws ApiFailure {
    complete();
    String odd =
        "{\"metadata\":{\"name\":\"s\",\"namespace\":\"shop\",\"resourceVersion\":\"%s\"}}";
    state.apply(event(WatchedKind.SLICE, "ADDED", odd.formatted("20")));
    assertThat(state.next().orElseThrow().findings()).hasSize(1);
    state.apply(event(WatchedKind.SLICE, "DELETED", odd.formatted("21")));
    assertThat(state.next().orElseThrow().findings()).isEmpty();
  }

  private List<ObjectChange> changes() {
    Optional<StateChange> change = state.next();
    return ((StateChange.Difference) change.orElseThrow()).changes();
  }
}
