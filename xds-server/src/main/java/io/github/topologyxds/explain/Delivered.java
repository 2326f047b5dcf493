package io.github.topologyxds.explain;

import io.github.topologyxds.explain.Delivery.Explained;
import io.github.topologyxds.explanation.ExplainedClient;
import io.github.topologyxds.explanation.ExplainedService;
import io.github.topologyxds.model.ClientView;
import io.github.topologyxds.model.ServiceState;
import io.github.topologyxds.subscription.HeldResource;
import io.github.topologyxds.topology.settings.RoutingOptions;
import io.github.topologyxds.xds.AssignmentForm;
import io.github.topologyxds.xds.PortTranslation;
import io.github.topologyxds.xds.resource.KnownResource;
import io.github.topologyxds.xds.resource.ResourceType;
import io.github.topologyxds.xds.resource.XdsResource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** What a connected client has of the ports that are to be explained to it. */
public final class Delivered {
  private final Map<String, HeldResource> byCluster = new HashMap<>();
  private final Function<XdsResource, Optional<ServiceState>> origins;

  /**
   * Takes what the client has.
   *
   * @param origins what a load assignment was translated from that is not the latest any more
   */
  public Delivered(List<HeldResource> held, Function<XdsResource, Optional<ServiceState>> origins) {
    held.forEach(resource -> byCluster.put(resource.name(), resource));
    this.origins = origins;
  }

  /** A port as it is to be explained, and how far the latest one has got. */
  record Port(ExplainedService service, PortTranslation port, Delivery delivery) {}

  /** Returns the port to explain; empty when the client has not asked for it. */
  Optional<Port> port(
      ExplainedService now, PortTranslation port, ExplainedClient client, RoutingOptions options) {
    HeldResource held = byCluster.get(port.cluster().name());
    if (held == null) {
      return Optional.empty();
    }
    if (held.progress() != HeldResource.Progress.ACCEPTED
        && held.accepted() instanceof XdsResource accepted) {
      Optional<Port> former =
          origins
              .apply(accepted)
              .map(state -> ExplainedService.of(state, options))
              .flatMap(service -> same(service, accepted, client.view()))
              .map(found -> new Port(found.service(), found.port(), of(held, Explained.ACCEPTED)));
      if (former.isPresent()) {
        return former;
      }
    }
    Explained explained =
        held.progress() == HeldResource.Progress.ACCEPTED ? Explained.ACCEPTED : Explained.LATEST;
    return Optional.of(new Port(now, port, of(held, explained)));
  }

  private record Found(ExplainedService service, PortTranslation port) {}

  /** A client that has moved meanwhile had another view then, which is not known any more. */
  private static Optional<Found> same(
      ExplainedService service, XdsResource accepted, ClientView view) {
    return service.ports().stream()
        .filter(port -> port.cluster().name().equals(accepted.name()) && !port.hasNames())
        .filter(port ->
            Stream.of(AssignmentForm.ENVOY, AssignmentForm.GRPC)
                .anyMatch(form -> version(port, view, form).equals(accepted.version())))
        .findFirst()
        .map(port -> new Found(service, port));
  }

  private static String version(PortTranslation port, ClientView view, AssignmentForm form) {
    return XdsResource.of(
            ResourceType.ENDPOINT,
            port.cluster().name(),
            port.assign(port.reduce(view), form).message())
        .version();
  }

  private static Delivery of(HeldResource held, Explained explained) {
    XdsResource latest = held.latest();
    KnownResource accepted = held.accepted();
    return new Delivery(
        held.progress(),
        explained,
        switch (accepted) {
          case XdsResource resource -> resource.version();
          case KnownResource.Version(String version) -> version;
          case KnownResource.Absent absent -> "";
          case null -> "";
        },
        latest == null ? "" : latest.version());
  }
}
