package io.github.topologyxds.cli.flags;

import io.github.topologyxds.cli.values.FamilyOption;
import io.github.topologyxds.explain.ClusterSnapshot;
import io.github.topologyxds.explain.Explainer;
import io.github.topologyxds.explanation.ExplainedClient;
import io.github.topologyxds.model.Family;
import io.github.topologyxds.model.NodeModel;
import io.github.topologyxds.model.finding.Finding;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** From where a client looks: there is no default, for most clients are somewhere. */
public final class PlaceFlags {
  @Option(
      names = "--node",
      paramLabel = "N",
      description = "The client's Node; its zone comes from the Node in the files.")
  private @Nullable String node;

  @Option(
      names = "--zone",
      paramLabel = "Z",
      description =
          "The client's zone, if its Node is not given or not in the files; '' for a client from"
              + " nowhere.")
  private @Nullable String zone;

  @Option(
      names = "--family",
      converter = FamilyOption.class,
      completionCandidates = FamilyOption.class,
      paramLabel = "F",
      description = "IPv4 or IPv6 (default: each Service's primary family).")
  private @Nullable Family family;

  /** Returns the Node's name; "" when none is given. */
  public String node() {
    return text(node);
  }

  /** Returns the zone's name; "" when none is given. */
  public String zone() {
    return text(zone);
  }

  /** Returns the family that is asked for; null: each Service's primary one. */
  public @Nullable Family family() {
    return family;
  }

  /** Whether a place was named at all. */
  public boolean isGiven() {
    return node != null || zone != null;
  }

  /** Adds what is given, as a server's API names it. */
  public void addTo(Map<String, String> parameters) {
    if (node != null) {
      parameters.put("node", node);
    }
    if (zone != null) {
      parameters.put("zone", zone);
    }
    if (family != null) {
      parameters.put("family", family.label());
    }
  }

  /** Returns the client that the flags describe. */
  public ExplainedClient client(Explainer explainer) {
    return explainer.client(node(), zone(), family);
  }

  /** Returns what is odd about the place: a Node or zone that nobody has, perhaps misspelt. */
  public Optional<String> doubt(ClusterSnapshot cluster) {
    if (cluster.nodes().isEmpty()) {
      return Optional.empty();
    }
    String name = node();
    if (!name.isEmpty() && !cluster.nodes().containsKey(name)) {
      return Optional.of("there is no Node " + unknown(name, cluster.nodes().keySet()));
    }
    TreeSet<String> zones = new TreeSet<>();
    cluster.nodes().values().stream().map(NodeModel::zone).forEach(zones::add);
    String place = zone();
    return name.isEmpty() && !place.isEmpty() && !zones.contains(place)
        ? Optional.of("no Node is in zone " + unknown(place, zones))
        : Optional.empty();
  }

  private static String unknown(String written, Collection<String> known) {
    return Finding.quote(written)
        + ServiceArgument.nearest(written, known)
            .map(near -> "; did you mean " + near + "?")
            .orElse("");
  }

  private static String text(@Nullable String flag) {
    return flag == null ? "" : flag;
  }
}
