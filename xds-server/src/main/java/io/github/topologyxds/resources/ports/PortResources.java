package io.github.topologyxds.resources.ports;

import io.github.topologyxds.model.ClientView;
import io.github.topologyxds.xds.AssignmentForm;
import io.github.topologyxds.xds.GrpcResources;
import io.github.topologyxds.xds.OnDemandClusters;
import io.github.topologyxds.xds.PortTranslation;
import io.github.topologyxds.xds.resource.XdsResource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The resources of one service port: its cluster, and its load assignments. What gRPC clients get
 * is there once one has asked. Any thread.
 */
public final class PortResources {
  private final PortTranslation port;
  private final XdsResource cluster;
  private final SharedAssignments assignments;
  private final PortRecords records;

  /** Where the endpoints are names: the cluster that has them, for each view. */
  private final @Nullable SharedAssignments named;

  /** The cluster under the names that sidecars on demand have asked for; only such as lead here. */
  private final Map<Alias, XdsResource> aliases;

  /** A name, and the version of the cluster that it stands for. */
  private record Alias(String name, String version) {}

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
        replaced != null && !port.hasNames() && replaced.cluster.version().equals(cluster.version())
            ? replaced.aliases
            : new ConcurrentHashMap<>();
    this.records = new PortRecords(cluster.name(), service, former);
    this.named =
        port.hasNames()
            ? new SharedAssignments(
                port, AssignmentForm.NAMES, replaced == null ? null : replaced.named, records)
            : null;
    this.assignments =
        new SharedAssignments(
            port, AssignmentForm.ENVOY, replaced == null ? null : replaced.assignments, records);
    ForGrpc before = replaced == null ? null : replaced.forGrpc;
    this.forGrpc =
        before == null
            ? null
            : new ForGrpc(
                grpcClusterMessage(),
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
  public boolean isVisibleTo(String namespace) {
    return records.visibility().includes(namespace);
  }

  /** Returns whether to everybody who sees either its cluster is surely what the other's is. */
  boolean isClusterOf(PortResources other) {
    return named == null
        && other.named == null
        && cluster.version().equals(other.cluster.version())
        && records.visibility().equals(other.records.visibility());
  }

  /** Returns the name of the cluster, which is that of its load assignment. */
  public String name() {
    return cluster.name();
  }

  /** Returns the number of the Service's port. */
  public int number() {
    return port.port().number();
  }

  /** Returns the cluster of an Envoy that looks from here. */
  public XdsResource cluster(ClientView view) {
    return named == null ? cluster : named.get(view);
  }

  /** Returns whether its clusters have their endpoints from load assignments. */
  public boolean isAssigned() {
    return named == null;
  }

  /**
   * Returns an Envoy's cluster under another name.
   *
   * @param hostname of the one Pod that is meant; "" for the Service as a whole
   * @param view from where the Envoy looks
   */
  public XdsResource alias(String name, String hostname, ClientView view) {
    XdsResource own = cluster(view);
    return aliases.computeIfAbsent(
        new Alias(name, own.version()),
        asked ->
            hostname.isEmpty()
                ? OnDemandClusters.of(port.clusterMessage(view), name)
                : OnDemandClusters.ofPod(port.clusterMessage(view), name, hostname));
  }

  /** Returns the load assignment of an Envoy that looks from here. */
  public XdsResource assignment(ClientView view) {
    return named == null ? assignments.get(view) : AssignmentForm.ENVOY.unknown(name());
  }

  /**
   * Returns a gRPC client's cluster; null where it can have none: it resolves one name, and knows
   * nothing of several in localities.
   */
  public @Nullable XdsResource grpcCluster() {
    if (named == null) {
      return forGrpc().cluster();
    }
    return port.isExternal() ? forGrpc().cluster() : null;
  }

  /** Returns the load assignment of a gRPC client that looks from here. */
  public XdsResource grpcAssignment(ClientView view) {
    return named == null ? forGrpc().assignments().get(view) : AssignmentForm.GRPC.unknown(name());
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
                grpcClusterMessage(),
                new SharedAssignments(port, AssignmentForm.GRPC, null, records));
        forGrpc = first;
      }
      return first;
    }
  }

  private XdsResource grpcClusterMessage() {
    return port.isExternal()
        ? GrpcResources.externalCluster(port)
        : GrpcResources.cluster(cluster.name());
  }

  /** Adds what is served to the views that asked since the last change. */
  public void count(ServedEndpoints served) {
    (named == null ? assignments : named).count(served);
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
