package io.github.topologyxds.xds;

import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.github.topologyxds.model.ClientView;
import io.github.topologyxds.xds.resource.InvalidResourceException;
import io.github.topologyxds.xds.resource.ResourceType;
import io.github.topologyxds.xds.resource.XdsResource;

/** How a load assignment has to be written for its reader, and what it stands in. */
public enum AssignmentForm {
  /** An Envoy's form: all endpoints, and their health. */
  ENVOY {
    @Override
    ClusterLoadAssignment message(ClusterLoadAssignment envoys) {
      return envoys;
    }

    @Override
    public XdsResource unknown(String clusterName) {
      return PortTranslation.unknown(clusterName);
    }
  },
  /** Of names, in an Envoy's cluster. */
  NAMES {
    @Override
    ClusterLoadAssignment message(ClusterLoadAssignment envoys) {
      return envoys;
    }

    @Override
    public XdsResource resource(PortTranslation port, ClientView view, Assignment assignment) {
      return XdsResource.of(
          ResourceType.CLUSTER, port.cluster().name(), port.dnsCluster(view, assignment.message()));
    }

    @Override
    public XdsResource unknown(String clusterName) {
      return OnDemandClusters.unknownHost(clusterName);
    }
  },
  /** See {@link GrpcAssignments#of}. */
  GRPC {
    @Override
    ClusterLoadAssignment message(ClusterLoadAssignment envoys) {
      return GrpcAssignments.of(envoys);
    }

    @Override
    public XdsResource unknown(String clusterName) {
      return GrpcAssignments.unknown(clusterName);
    }
  };

  /** Returns a message, which is written for Envoys, in this form. */
  abstract ClusterLoadAssignment message(ClusterLoadAssignment envoys);

  /** Returns an assignment, which is written for Envoys, in this form. */
  Assignment of(Assignment assignment) {
    return new Assignment(message(assignment.message()), assignment.decision(), assignment.tiers());
  }

  /**
   * Returns what is served.
   *
   * @param assignment of the port, in this form, for this view
   * @throws InvalidResourceException if a client would refuse it
   */
  public XdsResource resource(PortTranslation port, ClientView view, Assignment assignment) {
    return XdsResource.of(ResourceType.ENDPOINT, port.cluster().name(), assignment.message());
  }

  /** Returns the answer to a name that is not known (any more). */
  public abstract XdsResource unknown(String clusterName);
}
