package io.github.topologyxds.xds;

import com.google.protobuf.InvalidProtocolBufferException;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import io.github.topologyxds.xds.resource.ResourceType;
import io.github.topologyxds.xds.resource.XdsResource;
import java.util.List;

/** A service port's load assignment under another name: all of it, or one Pod's. */
public final class RenamedAssignments {
  private RenamedAssignments() {}

  /**
   * Returns a load assignment under another name.
   *
   * @param envoys as Envoys get it
   * @param name that it is to have
   * @param hostname of the one Pod that is to stand in it; "" for all
   * @param form how its reader wants it
   */
  public static XdsResource of(
      XdsResource envoys, String name, String hostname, AssignmentForm form) {
    ClusterLoadAssignment.Builder assignment = message(envoys).toBuilder().setClusterName(name);
    if (!hostname.isEmpty()) {
      keep(hostname, assignment);
    }
    return XdsResource.of(ResourceType.ENDPOINT, name, form.message(assignment.build()));
  }

  private static ClusterLoadAssignment message(XdsResource envoys) {
    try {
      return envoys.packed().unpack(ClusterLoadAssignment.class);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(envoys.name() + " is no load assignment of ours", e);
    }
  }

  /** A priority that is left without endpoints closes up: gRPC refuses gaps. */
  private static void keep(String hostname, ClusterLoadAssignment.Builder assignment) {
    List<LocalityLbEndpoints> all = List.copyOf(assignment.getEndpointsList());
    assignment.clearEndpoints();
    int lastPriority = -1;
    int priority = -1;
    for (LocalityLbEndpoints locality : all) {
      List<LbEndpoint> kept =
          locality.getLbEndpointsList().stream()
              .filter(endpoint -> endpoint.getEndpoint().getHostname().equalsIgnoreCase(hostname))
              .toList();
      if (kept.isEmpty()) {
        continue;
      }
      if (locality.getPriority() != lastPriority) {
        lastPriority = locality.getPriority();
        priority++;
      }
      assignment.addEndpoints(
          locality.toBuilder().clearLbEndpoints().addAllLbEndpoints(kept).setPriority(priority));
    }
  }
}
