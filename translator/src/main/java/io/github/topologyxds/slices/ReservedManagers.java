package io.github.topologyxds.slices;

import java.util.Locale;
import java.util.Set;

/**
 * Values of the label managed-by that others use. Under one of them, other controllers would take
 * our slices for theirs and delete them.
 */
public final class ReservedManagers {
  /**
   * Those of controllers that are known to write EndpointSlices, and what Kubernetes' documentation
   * proposes for people ("Services without selectors"), in lower case.
   */
  private static final Set<String> KNOWN =
      Set.of(
          "endpointslice-mesh-controller.cilium.io",
          "linkerd-external-workloads-controller",
          "lighthouse-agent.submariner.io",
          "endpointslice-dispatch-controller.karmada.io",
          "helm",
          "staff",
          "cluster-admins");

  private ReservedManagers() {}

  /** Whether it is somebody else's; upper and lower case are not told apart, to be safe. */
  public static boolean contains(String managedBy) {
    String lower = managedBy.toLowerCase(Locale.ROOT);
    return lower.endsWith("k8s.io") || lower.endsWith("kubernetes.io") || KNOWN.contains(lower);
  }
}
