package io.github.topologyxds.explain.check;

import io.github.topologyxds.explain.ClientPlaces;
import io.github.topologyxds.explain.ClusterSnapshot;
import io.github.topologyxds.explain.Explainer;
import io.github.topologyxds.explain.PerService;
import io.github.topologyxds.explain.check.CheckLine.Section;
import io.github.topologyxds.explain.check.CheckLine.State;
import io.github.topologyxds.explain.report.Percent;
import io.github.topologyxds.model.ClientView;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.Severity;
import io.github.topologyxds.topology.settings.Preference;
import io.github.topologyxds.topology.settings.RoutingOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Checks a cluster, as often as somebody asks: of a Service that has not changed since, nothing is
 * worked out again. Any thread.
 */
public final class ClusterCheck {
  private final ClusterSnapshot cluster;
  private final RoutingOptions options;
  private final PerService<ServiceCheck.Checked> services;
  private final Explainer asServed;
  private final Explainer sameZone;

  /** Checks a cluster under a server's settings; has not looked at it yet. */
  public ClusterCheck(ClusterSnapshot cluster, RoutingOptions options) {
    this.cluster = cluster;
    this.options = options;
    this.services = new PerService<>(cluster);
    this.asServed = new Explainer(cluster, options);
    this.sameZone = new Explainer(cluster, options.with(Preference.SAME_ZONE));
  }

  /**
   * Returns what can be told now.
   *
   * @param findings all that is odd about the cluster
   */
  public Check check(List<Finding> findings) {
    Check ofServices = ofServices("now");
    List<CheckLine> lines = new ArrayList<>(TopologyCheck.of(cluster.nodes().values()));
    lines.addAll(ofServices.lines());
    lines.add(findings(findings));
    return new Check(lines, ofServices.services());
  }

  /**
   * Returns what can be told of the Services alone.
   *
   * @param when this is so, as a line says it
   */
  Check ofServices(String when) {
    ClientPlaces clients = clients();
    ServiceCheck check = new ServiceCheck(options, clients);
    List<ServiceCheck.Checked> checked = services.all(clients, check::of);
    List<CheckLine> lines = new ArrayList<>(ServiceCheck.lines(checked));
    if (!cluster.nodes().isEmpty()) {
      lines.add(crossZone(when));
    }
    return new Check(lines, checked.size());
  }

  /** A client on each Node; without Nodes one that nobody can place. */
  private ClientPlaces clients() {
    return cluster.nodes().isEmpty()
        ? new ClientPlaces(Map.of(ClientView.UNKNOWN, 1))
        : ClientPlaces.onNodes(cluster.nodes().values());
  }

  private CheckLine crossZone(String when) {
    double now = asServed.zones(List.of(), 0).total().crossZone();
    double near = sameZone.zones(List.of(), 0).total().crossZone();
    boolean better = near + 0.01 < now;
    return new CheckLine(
        Section.SERVICES,
        better ? State.WARNING : State.OK,
        "CROSS_ZONE",
        "expected cross-zone share: "
            + Percent.of(now)
            + " "
            + when
            + ", "
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
}
