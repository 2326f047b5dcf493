package io.github.topologyxds.api;

import io.github.topologyxds.explain.ClusterSnapshot;
import io.github.topologyxds.explain.Explainer;
import io.github.topologyxds.explain.ServiceSummaries;
import io.github.topologyxds.explain.check.CheckLine;
import io.github.topologyxds.load.MeasuredLoad;
import io.github.topologyxds.model.ServiceState;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.session.status.ConnectedClients;
import io.github.topologyxds.topology.settings.RoutingOptions;
import io.github.topologyxds.xds.resource.XdsResource;
import io.github.topologyxds.xds.routes.HostDestination;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What the API tells of.
 *
 * @param cluster what is served
 * @param options under which it is
 * @param findings what is odd now, all of it
 * @param clients who is connected
 * @param loads what they report of their load
 * @param origins what a load assignment was translated from that is not the latest any more
 * @param hosts the Service, or a Pod of it, that a host's name leads to for clients of a namespace
 * @param self what the server says of itself when it is checked
 * @param server how the server itself is
 */
public record Observed(
    ClusterSnapshot cluster,
    RoutingOptions options,
    Supplier<List<Finding>> findings,
    ConnectedClients clients,
    MeasuredLoad loads,
    Function<XdsResource, Optional<ServiceState>> origins,
    BiFunction<String, String, Optional<HostDestination>> hosts,
    Supplier<List<CheckLine>> self,
    Supplier<ServerStatus> server) {
  /** Returns what is answered about it, wherever that is asked from. */
  public Resources resources() {
    Clients connected = new Clients(clients);
    Explainer explainer = new Explainer(cluster, options);
    ExplainResource explain = new ExplainResource(explainer, connected, origins);
    ServiceSummaries summaries = new ServiceSummaries(cluster, options);
    return new Resources()
        .get("status", new StatusResource(cluster, server))
        .get("clients", new ClientsResource(connected, () -> cluster.nodes().keySet()))
        .get("findings", new FindingsResource(findings))
        .get("services", new ServicesResource(summaries))
        .get("services/*/*/explain", explain::explain)
        .get("services/*/*/endpoints", explain::endpoints)
        .get("names", new NamesResource(hosts, cluster))
        .get("zones", new ZonesResource(cluster, explainer, connected, loads))
        .get("load", new LoadResource(loads))
        .get("check", new CheckResource(this, connected));
  }
}
