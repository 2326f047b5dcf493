package io.github.topologyxds.resources;

import io.github.topologyxds.model.ClientView;
import io.github.topologyxds.xds.AssignmentForm;
import io.github.topologyxds.xds.GrpcResources;
import io.github.topologyxds.xds.OnDemandClusters;
import io.github.topologyxds.xds.PortTranslation;
import io.github.topologyxds.xds.XdsResource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The resources of one service port: its cluster, and its load assignments. What gRPC clients get
 * is there once one has asked. Any thread.
 */
final class PortResources {
  private final PortTranslation port;
  private final XdsResource cluster;
  private final SharedAssignments assignments;
  private final PortRecords records;

  /** The cluster under the names that sidecars on demand have asked for; only such as lead here. */
  private final Map<String, XdsResource> aliases;

  /** Guarded by this where it is written. */
  private volatile @Nullable ForGrpc forGrpc;

  private record ForGrpc(XdsResource cluster, SharedAssignments assignments) {}

  /**
   * Takes over from the translation before.
   *
   * @param replaced what stood there before; null if nothing did
   * @param service what is told of the port's Service
   * @param former knows the load assignments that others take the place of
   */
  PortResources(
      PortTranslation port,
      @Nullable PortResources replaced,
      PortRecords.OfService service,
      FormerAssignments former) {
    this.port = port;
    // Streams hold what they were sent: equal content must stay one object.
    this.cluster =
        replaced != null && replaced.cluster.version().equals(port.cluster().version())
            ? replaced.cluster
            : port.cluster();
    this.aliases =
        replaced != null && replaced.cluster.version().equals(cluster.version())
            ? replaced.aliases
            : new ConcurrentHashMap<>();
    this.records = new PortRecords(cluster.name(), service, former);
    this.assignments =
        new SharedAssignments(
            port, AssignmentForm.ENVOY, replaced == null ? null : replaced.assignments, records);
    ForGrpc before = replaced == null ? null : replaced.forGrpc;
    this.forGrpc =
        before == null
            ? null
            : new ForGrpc(
                before.cluster(),
                new SharedAssignments(port, AssignmentForm.GRPC, before.assignments(), records));
    if (replaced != null) {
      replaced.retire();
    }
  }

  /** Returns whether clients on different Nodes of one zone may see different endpoints. */
  boolean byNode() {
    return port.anyNodeMatters();
  }

  /** Returns whether clients of this namespace see the port's Service. */
  boolean isVisibleTo(String namespace) {
    return records.visibility().includes(namespace);
  }

  /** Returns whether to everybody who sees either its cluster is what the other's is. */
  boolean isClusterOf(PortResources other) {
    return cluster.version().equals(other.cluster.version())
        && records.visibility().equals(other.records.visibility());
  }

  /** Returns an Envoy's cluster. */
  XdsResource cluster() {
    return cluster;
  }

  /**
   * Returns an Envoy's cluster under another name.
   *
   * @param hostname of the one Pod that is meant; "" for the Service as a whole
   */
  XdsResource alias(String name, String hostname) {
    XdsResource known = aliases.get(name);
    if (known != null) {
      return known;
    }
    return aliases.computeIfAbsent(
        name,
        asked ->
            hostname.isEmpty()
                ? OnDemandClusters.of(port, asked)
                : OnDemandClusters.ofPod(port, asked, hostname));
  }

  /** Returns the load assignment of an Envoy that looks from here. */
  XdsResource assignment(ClientView view) {
    return assignments.get(view);
  }

  /** Returns a gRPC client's cluster. */
  XdsResource grpcCluster() {
    return forGrpc().cluster();
  }

  /** Returns the load assignment of a gRPC client that looks from here. */
  XdsResource grpcAssignment(ClientView view) {
    return forGrpc().assignments().get(view);
  }

  private ForGrpc forGrpc() {
    ForGrpc known = forGrpc;
    if (known != null) {
      return known;
    }
    synchronized (this) {
      ForGrpc first = forGrpc;
      if (first == null) {
        first =
            new ForGrpc(
                GrpcResources.cluster(cluster.name()),
                new SharedAssignments(port, AssignmentForm.GRPC, null, records));
        forGrpc = first;
      }
      return first;
    }
  }

  /** Adds what is served to the views that asked since the last change. */
  void count(ServedEndpoints served) {
    assignments.count(served);
    ForGrpc known = forGrpc;
    if (known != null) {
      known.assignments().count(served);
    }
  }

  /** Another one has taken its place, or the port is gone: so have its failures. */
  void retire() {
    records.retire();
  }
}
