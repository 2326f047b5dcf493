package io.github.topologyxds.slices;

import io.github.topologyxds.model.names.LabelValue;

/**
 * The settings by which EndpointSlices are planned, the same for all Services.
 *
 * @param managedBy the value of the label {@code managed-by} that makes a slice ours
 * @param installation namespace and name of the Lease, written as an annotation
 * @param maxEndpoints per slice, 1 to 1,000
 * @param allowed where ExternalWorkloads may be
 */
public record PlannerSettings(
    String managedBy, String installation, int maxEndpoints, AllowedAddresses allowed) {
  /** The value of {@code managedBy} where nobody sets it. */
  public static final String DEFAULT_MANAGED_BY = "topology-xds-controller";

  /** The value of {@code installation} where nobody sets it. */
  public static final String DEFAULT_INSTALLATION = "topology-xds/topology-xds";

  /** The value of {@code maxEndpoints} where nobody sets it. */
  public static final int DEFAULT_MAX_ENDPOINTS = 100;

  /**
   * The most endpoints of one slice: the API server refuses more (pkg/apis/discovery/validation).
   */
  public static final int MAX_ENDPOINTS = 1000;

  public PlannerSettings {
    if (!LabelValue.isValid(managedBy) || ReservedManagers.contains(managedBy)) {
      throw new IllegalArgumentException("managed-by must be a label value of ours: " + managedBy);
    }
    if (installation.isEmpty()) {
      throw new IllegalArgumentException("an installation needs an id");
    }
    if (maxEndpoints < 1 || maxEndpoints > MAX_ENDPOINTS) {
      throw new IllegalArgumentException("1 to 1000 endpoints per slice, not " + maxEndpoints);
    }
  }

  /** Returns the settings of an installation that changes nothing but the addresses. */
  public static PlannerSettings allowing(AllowedAddresses allowed) {
    return new PlannerSettings(
        DEFAULT_MANAGED_BY, DEFAULT_INSTALLATION, DEFAULT_MAX_ENDPOINTS, allowed);
  }
}
