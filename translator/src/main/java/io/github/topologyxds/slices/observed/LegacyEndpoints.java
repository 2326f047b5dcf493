package io.github.topologyxds.slices.observed;

import io.github.topologyxds.model.ObjectKind;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.finding.ObjectKey;
import java.util.List;

/**
 * A {@code v1} Endpoints object.
 *
 * @param skipMirror whether the label {@code endpointslice.kubernetes.io/skip-mirror} is {@code
 *     "true"}: Kubernetes' own mirroring leaves it alone, so that we may mirror it
 */
public record LegacyEndpoints(ObjectName name, boolean skipMirror, List<Subset> subsets) {
  public LegacyEndpoints {
    subsets = List.copyOf(subsets);
  }

  /** Addresses that all listen on the same ports. */
  public record Subset(List<Address> ready, List<Address> notReady, List<PublishedPort> ports) {
    public Subset {
      ready = List.copyOf(ready);
      notReady = List.copyOf(notReady);
      ports = List.copyOf(ports);
    }
  }

  /** One address; absent texts are "". */
  public record Address(String ip, String hostname, String nodeName, TargetRef target) {}

  /** Returns the Endpoints object, as findings name it. */
  public ObjectKey object() {
    return new ObjectKey(ObjectKind.ENDPOINTS, name);
  }
}
