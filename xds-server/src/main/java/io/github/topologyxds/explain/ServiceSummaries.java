package io.github.topologyxds.explain;

import io.github.topologyxds.explanation.ExplainedService;
import io.github.topologyxds.explanation.ZoneShares;
import io.github.topologyxds.model.ClientView;
import io.github.topologyxds.model.NodeModel;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.ServiceState;
import io.github.topologyxds.topology.RoutingOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * All Services in a few numbers each. A Service is looked at again only when it is translated from
 * something else than before: ten thousand that stand still cost a lookup each.
 *
 * <p>Any thread, one at a time.
 */
public final class ServiceSummaries {
  private final ClusterSnapshot cluster;
  private final RoutingOptions options;

  // Guarded by this.
  private Map<ObjectName, Known> known = new HashMap<>();
  private List<String> knownZones = List.of();

  private record Known(ServiceState state, ServiceSummary summary) {
    /** The same object: the state makes a new one for each translation. */
    @SuppressWarnings("ReferenceEquality")
    boolean isOf(ServiceState other) {
      return state == other;
    }
  }

  /** Knows nothing yet. */
  public ServiceSummaries(ClusterSnapshot cluster, RoutingOptions options) {
    this.cluster = cluster;
    this.options = options;
  }

  /** Returns the zones of the Nodes, sorted, and then "": clients come from there. */
  public List<String> zones() {
    SortedSet<String> zones = new TreeSet<>();
    for (NodeModel node : cluster.nodes().values()) {
      if (!node.zone().isEmpty()) {
        zones.add(node.zone());
      }
    }
    List<String> all = new ArrayList<>(zones);
    all.add("");
    return all;
  }

  /** Returns the Services as they are now, sorted by name. */
  public synchronized List<ServiceSummary> all() {
    List<String> zones = zones();
    Map<ObjectName, Known> before = zones.equals(knownZones) ? known : Map.of();
    Map<ObjectName, Known> now = new HashMap<>();
    List<ServiceSummary> summaries = new ArrayList<>();
    for (ObjectName name : cluster.services()) {
      cluster
          .service(name)
          .ifPresent(state -> {
            Known last = before.get(name);
            Known next =
                last != null && last.isOf(state) ? last : new Known(state, summary(state, zones));
            now.put(name, next);
            summaries.add(next.summary());
          });
    }
    known = now;
    knownZones = zones;
    return summaries;
  }

  private ServiceSummary summary(ServiceState state, List<String> zones) {
    ExplainedService service = ExplainedService.of(state, options);
    List<ServiceSummary.Port> ports = new ArrayList<>();
    service
        .ports()
        .forEach(port -> {
          List<ServiceSummary.FromZone> from = new ArrayList<>();
          for (String zone : zones) {
            ClientView view = new ClientView("", zone, null);
            ZoneShares shares = service.shares(port, view);
            from.add(
                new ServiceSummary.FromZone(
                    zone,
                    port.routing(view).select(view).decision().reason(),
                    shares.nowhere(),
                    shares.byZone()));
          }
          ports.add(new ServiceSummary.Port(port.cluster().name(), port.port().number(), from));
        });
    return new ServiceSummary(service.name(), ports);
  }
}
