package io.github.topologyxds.explain;

import io.github.topologyxds.explanation.ExplainedService;
import io.github.topologyxds.explanation.ZoneShares;
import io.github.topologyxds.model.ClientView;
import io.github.topologyxds.model.NodeModel;
import io.github.topologyxds.model.ServiceState;
import io.github.topologyxds.topology.settings.RoutingOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** All Services in a few numbers each. Any thread, one at a time. */
public final class ServiceSummaries {
  private final ClusterSnapshot cluster;
  private final RoutingOptions options;

  private final PerService<ServiceSummary> summaries;

  /** Knows nothing yet. */
  public ServiceSummaries(ClusterSnapshot cluster, RoutingOptions options) {
    this.cluster = cluster;
    this.options = options;
    this.summaries = new PerService<>(cluster);
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
  public List<ServiceSummary> all() {
    List<String> zones = zones();
    return summaries.all(zones, state -> summary(state, zones));
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
