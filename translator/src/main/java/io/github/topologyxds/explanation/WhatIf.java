package io.github.topologyxds.explanation;

import io.github.topologyxds.model.EndpointModel;
import io.github.topologyxds.model.Hints;
import io.github.topologyxds.model.Readiness;
import io.github.topologyxds.model.ServiceState;
import io.github.topologyxds.model.ServiceTopology;
import io.github.topologyxds.model.TrafficDistribution;
import java.util.function.Predicate;

/**
 * A change that has not happened, as a pure function over what is known of a Service. Written
 * {@code KEY=VALUE}, see {@link WhatIfText}.
 */
public sealed interface WhatIf {
  /** Returns the Service as it would be; an equal state where the change does not concern it. */
  ServiceState apply(ServiceState state);

  /** Returns a Service as it would be under changes, in their order. */
  static ServiceState applyAll(ServiceState state, Iterable<WhatIf> changes) {
    ServiceState changed = state;
    for (WhatIf change : changes) {
      changed = change.apply(changed);
    }
    return changed;
  }

  /** All endpoints of a zone are lost: not ready, as the node controller marks them. */
  record ZoneDown(String zone) implements WhatIf {
    @Override
    public ServiceState apply(ServiceState state) {
      return lost(state, endpoint -> EndpointEdit.zone(state, endpoint).equals(zone));
    }

    @Override
    public String toString() {
      return "zone-down=" + zone;
    }
  }

  /** All endpoints on a Node are lost. */
  record NodeDown(String node) implements WhatIf {
    @Override
    public ServiceState apply(ServiceState state) {
      return lost(state, endpoint -> endpoint.nodeName().equals(node));
    }

    @Override
    public String toString() {
      return "node-down=" + node;
    }
  }

  /** An endpoint is not ready any more. */
  record EndpointNotReady(String address) implements WhatIf {
    @Override
    public ServiceState apply(ServiceState state) {
      return lost(state, endpoint -> endpoint.address().equals(address));
    }

    @Override
    public String toString() {
      return "endpoint-not-ready=" + address;
    }
  }

  /** An endpoint is ready, with the hints that its neighbours have. */
  record EndpointReady(String address) implements WhatIf {
    @Override
    public ServiceState apply(ServiceState state) {
      return EndpointEdit.endpoints(
          state,
          endpoint ->
              endpoint.address().equals(address) && !endpoint.readiness().ready()
                  ? EndpointEdit.hintedAsOthers(
                      state, EndpointEdit.with(endpoint, endpoint.hints(), Readiness.READY))
                  : endpoint);
    }

    @Override
    public String toString() {
      return "endpoint-ready=" + address;
    }
  }

  /**
   * A ready endpoint more, with the hints that the others have.
   *
   * @param place its Node or, where no Node has this name, its zone
   */
  record EndpointAdded(String address, String place) implements WhatIf {
    @Override
    public ServiceState apply(ServiceState state) {
      return EndpointEdit.added(state, address, place);
    }

    @Override
    public String toString() {
      return "endpoint-added=" + address + "@" + place;
    }
  }

  /** The annotation {@code topology-xds.io/preference}; "" takes it off. */
  record Preferring(String value) implements WhatIf {
    @Override
    public ServiceState apply(ServiceState state) {
      ServiceTopology now = state.service().topology();
      return asking(
          state,
          new ServiceTopology(
              now.trafficDistribution(),
              now.auto(),
              now.localOnly(),
              value,
              now.notReady(),
              now.traffic()));
    }

    @Override
    public String toString() {
      return "preference=" + value;
    }
  }

  /** The annotation {@code topology-xds.io/not-ready}; "" takes it off. */
  record HandlingNotReady(String value) implements WhatIf {
    @Override
    public ServiceState apply(ServiceState state) {
      ServiceTopology now = state.service().topology();
      return asking(
          state,
          new ServiceTopology(
              now.trafficDistribution(),
              now.auto(),
              now.localOnly(),
              now.preference(),
              value,
              now.traffic()));
    }

    @Override
    public String toString() {
      return "not-ready=" + value;
    }
  }

  /** An annotation that says how traffic is spread; "" takes it off. */
  record Spreading(SpreadAnnotation annotation, String value) implements WhatIf {
    @Override
    public ServiceState apply(ServiceState state) {
      ServiceTopology now = state.service().topology();
      return asking(state, now.with(annotation.on(now.traffic(), value)));
    }

    @Override
    public String toString() {
      return annotation.key() + "=" + value;
    }
  }

  /** {@code spec.trafficDistribution}, and the hints that Kubernetes would set for it. */
  record Distributing(TrafficDistribution value) implements WhatIf {
    @Override
    public ServiceState apply(ServiceState state) {
      ServiceTopology now = state.service().topology();
      ServiceState asking =
          asking(
              state,
              new ServiceTopology(
                  value,
                  now.auto(),
                  now.localOnly(),
                  now.preference(),
                  now.notReady(),
                  now.traffic()));
      return now.auto() ? asking : EndpointEdit.hintedFor(asking, value);
    }

    @Override
    public String toString() {
      return "trafficDistribution="
          + switch (value) {
            case NONE -> "none";
            case PREFER_SAME_ZONE -> "PreferSameZone";
            case PREFER_SAME_NODE -> "PreferSameNode";
          };
    }
  }

  /** {@code spec.internalTrafficPolicy}. */
  record LocalOnly(Policy value) implements WhatIf {
    /** What the field allows. */
    public enum Policy {
      LOCAL,
      CLUSTER
    }

    @Override
    public ServiceState apply(ServiceState state) {
      ServiceTopology now = state.service().topology();
      return asking(
          state,
          new ServiceTopology(
              now.trafficDistribution(),
              now.auto(),
              value == Policy.LOCAL,
              now.preference(),
              now.notReady(),
              now.traffic()));
    }

    @Override
    public String toString() {
      return "internalTrafficPolicy="
          + switch (value) {
            case LOCAL -> "Local";
            case CLUSTER -> "Cluster";
          };
    }
  }

  private static ServiceState lost(ServiceState state, Predicate<EndpointModel> concerned) {
    return EndpointEdit.seen(
        EndpointEdit.endpoints(
            state,
            endpoint ->
                concerned.test(endpoint)
                    ? EndpointEdit.with(
                        endpoint,
                        Hints.NONE,
                        new Readiness(false, false, endpoint.readiness().terminating()))
                    : endpoint),
        EndpointEdit.readyKeys(state, concerned));
  }

  private static ServiceState asking(ServiceState state, ServiceTopology topology) {
    return state.with(state.service().with(topology));
  }
}
