package io.github.topologyxds.explanation;

import io.github.topologyxds.model.AddressType;
import io.github.topologyxds.model.EndpointModel;
import io.github.topologyxds.model.Family;
import io.github.topologyxds.model.Hints;
import io.github.topologyxds.model.Readiness;
import io.github.topologyxds.model.ServiceState;
import io.github.topologyxds.model.SliceModel;
import io.github.topologyxds.model.TrafficDistribution;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Changes of the endpoints in a Service's slices. */
final class EndpointEdit {
  private EndpointEdit() {}

  /** Returns the state with each endpoint replaced. */
  static ServiceState endpoints(ServiceState state, UnaryOperator<EndpointModel> change) {
    List<SliceModel> slices =
        state.slices().stream()
            .map(slice -> with(slice, slice.endpoints().stream().map(change).toList()))
            .toList();
    return state.withSlices(slices);
  }

  /** Returns the state in which these were seen ready as well. */
  static ServiceState seen(ServiceState state, Set<String> keys) {
    Set<String> seen = new HashSet<>(state.seenReady());
    seen.addAll(keys);
    return state.withSeenReady(seen);
  }

  /** Returns the {@link EndpointModel#readinessKey()}s of those that are ready. */
  static Set<String> readyKeys(ServiceState state, Predicate<EndpointModel> concerned) {
    Set<String> keys = new HashSet<>();
    for (SliceModel slice : state.slices()) {
      for (EndpointModel endpoint : slice.endpoints()) {
        if (endpoint.readiness().ready() && concerned.test(endpoint)) {
          keys.add(endpoint.readinessKey());
        }
      }
    }
    return keys;
  }

  static EndpointModel with(EndpointModel endpoint, Hints hints, Readiness readiness) {
    return new EndpointModel(
        endpoint.address(),
        endpoint.nodeName(),
        endpoint.zone(),
        endpoint.hostname(),
        endpoint.targetUid(),
        hints,
        readiness);
  }

  private static SliceModel with(SliceModel slice, List<EndpointModel> endpoints) {
    return new SliceModel(
        slice.name(),
        slice.service(),
        slice.addressType(),
        slice.headlessLabel(),
        slice.ports(),
        endpoints);
  }

  /** The endpoint's zone, else the last known one of its Node, as routing has it. */
  static String zone(ServiceState state, EndpointModel endpoint) {
    return endpoint.zone().isEmpty()
        ? state.topology().zoneOf(endpoint.nodeName())
        : endpoint.zone();
  }

  /** Adds a ready endpoint to the first slice of its family that others would be added to. */
  static ServiceState added(ServiceState state, String address, String place) {
    boolean isNode = state.topology().zoneByNode().containsKey(place);
    EndpointModel endpoint =
        hintedAsOthers(
            state,
            new EndpointModel(
                address,
                isNode ? place : "",
                isNode ? state.topology().zoneOf(place) : place,
                "",
                "",
                Hints.NONE,
                Readiness.READY));
    AddressType type = AddressType.of(Family.of(address));
    List<SliceModel> slices = new ArrayList<>();
    boolean added = false;
    for (SliceModel slice : state.slices()) {
      boolean here = !added && slice.addressType() == type && !slice.ports().isEmpty();
      slices.add(here ? with(slice, appended(slice.endpoints(), endpoint)) : slice);
      added |= here;
    }
    return state.withSlices(slices);
  }

  private static List<EndpointModel> appended(List<EndpointModel> endpoints, EndpointModel more) {
    List<EndpointModel> all = new ArrayList<>(endpoints);
    all.add(more);
    return all;
  }

  /** Gives an endpoint hints for its own place, of the kinds that all ready ones have. */
  static EndpointModel hintedAsOthers(ServiceState state, EndpointModel endpoint) {
    List<EndpointModel> ready =
        state.slices().stream()
            .flatMap(slice -> slice.endpoints().stream())
            .filter(e -> e.readiness().ready())
            .toList();
    boolean zones = ready.stream().noneMatch(e -> e.hints().zones().isEmpty());
    boolean nodes = ready.stream().noneMatch(e -> e.hints().nodes().isEmpty());
    return ready.isEmpty() ? endpoint : hinted(state, endpoint, new Kinds(zones, nodes));
  }

  private record Kinds(boolean zones, boolean nodes) {}

  private static EndpointModel hinted(ServiceState state, EndpointModel endpoint, Kinds kinds) {
    Hints hints =
        new Hints(
            kinds.zones() ? only(zone(state, endpoint)) : new TreeSet<>(),
            kinds.nodes() ? only(endpoint.nodeName()) : new TreeSet<>());
    return with(endpoint, hints, endpoint.readiness());
  }

  private static SortedSet<String> only(String name) {
    return name.isEmpty() ? new TreeSet<>() : new TreeSet<>(List.of(name));
  }

  /** Sets the hints of the ready endpoints as the EndpointSlice controller does (KEP-3015). */
  static ServiceState hintedFor(ServiceState state, TrafficDistribution distribution) {
    return endpoints(
        state,
        endpoint -> {
          EndpointModel bare = with(endpoint, Hints.NONE, endpoint.readiness());
          if (!endpoint.readiness().ready()) {
            return bare;
          }
          return switch (distribution) {
            case NONE -> bare;
            case PREFER_SAME_ZONE -> hinted(state, bare, new Kinds(true, false));
            case PREFER_SAME_NODE -> hinted(state, bare, new Kinds(true, true));
          };
        });
  }
}
