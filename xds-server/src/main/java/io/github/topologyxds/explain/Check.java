package io.github.topologyxds.explain;

import io.github.topologyxds.explain.CheckLine.Section;
import io.github.topologyxds.explain.CheckLine.State;
import io.github.topologyxds.model.ClientView;
import io.github.topologyxds.model.Finding;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.Severity;
import io.github.topologyxds.topology.Preference;
import io.github.topologyxds.topology.RoutingOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What can be told of a cluster from its objects: zones and regions, Services by decision, hints,
 * skew, and how much crosses zones. What an API server or a running server tells besides is added
 * by {@link #with}.
 *
 * @param services how many there are
 */
public record Check(List<CheckLine> lines, int services) {
  public Check {
    lines = List.copyOf(lines);
  }

  /**
   * Checks a cluster under a server's settings.
   *
   * @param findings all that is odd about it
   */
  public static Check of(ClusterSnapshot cluster, RoutingOptions options, List<Finding> findings) {
    List<CheckLine> lines = new ArrayList<>(TopologyCheck.of(cluster.nodes().values()));
    ServiceCheck check = new ServiceCheck(options, clients(cluster));
    List<ServiceCheck.Checked> services = new ArrayList<>();
    for (ObjectName name : cluster.services()) {
      cluster.service(name).map(check::of).ifPresent(services::add);
    }
    lines.addAll(ServiceCheck.lines(services));
    if (!cluster.nodes().isEmpty()) {
      lines.add(crossZone(cluster, options));
    }
    lines.add(findings(findings));
    return new Check(lines, cluster.services().size());
  }

  /** A client on each Node; without Nodes one that nobody can place. */
  private static ClientPlaces clients(ClusterSnapshot cluster) {
    return cluster.nodes().isEmpty()
        ? new ClientPlaces(Map.of(ClientView.UNKNOWN, 1))
        : ClientPlaces.onNodes(cluster.nodes().values());
  }

  private static CheckLine crossZone(ClusterSnapshot cluster, RoutingOptions options) {
    double now = new Explainer(cluster, options).zones(List.of()).total().crossZone();
    double near =
        new Explainer(cluster, options.with(Preference.SAME_ZONE))
            .zones(List.of())
            .total()
            .crossZone();
    boolean better = near + 0.01 < now;
    return new CheckLine(
        Section.SERVICES,
        better ? State.WARNING : State.OK,
        "CROSS_ZONE",
        "expected cross-zone share: "
            + Percent.of(now)
            + " now, "
            + Percent.of(near)
            + " with --preference same-zone",
        better ? "serve --preference same-zone" : "");
  }

  private static CheckLine findings(List<Finding> findings) {
    long errors = count(findings, Severity.ERROR);
    long warnings = count(findings, Severity.WARNING);
    State state = errors > 0 ? State.ERROR : warnings > 0 ? State.WARNING : State.OK;
    return new CheckLine(
        Section.SERVICES,
        state,
        "FINDINGS",
        errors + " errors, " + warnings + " warnings about objects and files",
        state == State.OK ? "" : "topology-xds findings");
  }

  private static long count(List<Finding> findings, Severity severity) {
    return findings.stream().filter(finding -> finding.severity() == severity).count();
  }

  /** Returns the same with more lines, which come first in their sections. */
  public Check with(List<CheckLine> more) {
    List<CheckLine> all = new ArrayList<>(more);
    all.addAll(lines);
    return new Check(all, services);
  }

  /** Returns how many lines have a state. */
  public long count(State state) {
    return lines.stream().filter(line -> line.state() == state).count();
  }
}
