package io.github.topologyxds.xds;

/** How a load assignment has to be written for its reader. */
public enum AssignmentForm {
  /** An Envoy's form: all endpoints, and their health. */
  ENVOY {
    @Override
    Assignment of(Assignment assignment) {
      return assignment;
    }

    @Override
    public XdsResource unknown(String clusterName) {
      return PortTranslation.unknown(clusterName);
    }
  },
  /** See {@link GrpcResources#assignment}. */
  GRPC {
    @Override
    Assignment of(Assignment assignment) {
      return new Assignment(
          GrpcResources.assignment(assignment.message()),
          assignment.decision(),
          assignment.tiers());
    }

    @Override
    public XdsResource unknown(String clusterName) {
      return GrpcResources.unknown(clusterName);
    }
  };

  /** Returns an assignment, which is written for Envoys, in this form. */
  abstract Assignment of(Assignment assignment);

  /** Returns the answer to a name that is not known (any more). */
  public abstract XdsResource unknown(String clusterName);
}
